"""What a reader does with the report in a browser, and what the reader then sees."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, NamedTuple, TypeVar

from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.tidying import RECALL, REMEMBER, UNDO

PATIENCE = 300  # seconds that anything may take on a busy machine
WIDE, DESK, LAPTOP = (1600, 1000), (1440, 900), (1280, 900)
TABLET, PHONE = (820, 1100), (390, 844)


T = TypeVar("T")
ARRIVED = (
    "return document.readyState === 'complete' && location.href.split('#')[0] === arguments[0]"
    " && (!document.querySelector('#lineage') || document.documentElement.matches('.live'))"
)
PAUSES = (0.001, 0.1)  # seconds between two looks, the first and the longest


class Cell(NamedTuple):
    """A raw cell as the panel shows it."""

    place: str
    key: str
    original: str
    about: dict[str, str]


class Reader:
    """Somebody before the screen, who opens the report when first looking at it."""

    known: ClassVar[dict[tuple[str, tuple[int, int]], Any]] = {}  # pages as opened on a screen

    def __init__(self, browser: Chrome, path: Path) -> None:
        self.browser, self.path = browser, path
        self.opened = browser.current_url == path.as_uri()  # as somebody else has left it
        self.size, self.scheme, self.placed = WIDE, "light", True
        browser.get_log("browser")

    @property
    def driver(self) -> Chrome:
        """The browser with the report in it: opening it is most of what a test costs."""
        if not self.opened:
            self.open()
        self.place()
        return self.browser

    def surroundings(self, size: tuple[int, int] = WIDE, scheme: str = "light") -> None:
        """A screen of some size in a light or dark room, or in the system's colours: forced.

        The page is laid out for it, which takes as long as opening it, once somebody looks.
        """
        self.size, self.scheme, self.placed = size, scheme, False

    def place(self) -> None:
        """Go to where one said that one would look at it."""
        if self.placed:
            return
        self.placed = True
        (width, height), scheme = self.size, self.scheme
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = {"prefers-color-scheme": scheme, "forced-colors": "none"}
        if scheme == "forced":
            features = {"prefers-color-scheme": "dark", "forced-colors": "active"}
        media = {"features": [{"name": name, "value": said} for name, said in features.items()]}
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)

    def open(self, fragment: str = "") -> None:
        self.place()
        self.opened = True
        self.browser.get("about:blank")  # the same address with another fragment loads nothing
        self.browser.get_log("browser")
        self.browser.get(f"{self.path.as_uri()}{fragment}")
        arrived = partial(self.browser.execute_script, ARRIVED, self.path.as_uri())
        self.sees(arrived, True)  # a browser under load may say so too early
        page = self.path.as_uri(), self.size
        if not fragment:
            self.known[page] = self.browser.execute_script(REMEMBER)
        elif page in self.known:
            self.browser.execute_script(RECALL, self.known[page])

    def go(self, fragment: str) -> None:
        """Follow a link within the page to a value, whose panel opens."""
        self.script("location.hash = arguments[0]", fragment)
        shown = "return document.querySelector('#panel .inside > dl a[href^=\"#fact\"]')?.hash"
        self.sees(lambda: self.script(shown), fragment)

    def seek(self, text: str) -> None:
        """Look for something in the palette."""
        if not self.find("#palette").is_displayed():
            self.press("/")
        box = self.find("#search")
        box.clear()
        box.send_keys(text)

    def unfold(self) -> None:
        """Bring, or put away, all that folds on a phone."""
        self.script("document.querySelector('.unfold-all').click()")

    def leave(self) -> None:
        """Leave the page as it was when it was opened, or closed where that cannot be."""
        if not (self.opened and self.browser.execute_script(UNDO)):
            self.browser.get("about:blank")

    def script(self, code: str, *arguments: Any) -> Any:
        return self.driver.execute_script(code, *arguments)

    def until(self, look: Callable[[], T], wanted: Callable[[T], bool]) -> T:
        """What one sees once it is as wanted; after a long while, what one saw last."""
        end = time.monotonic() + PATIENCE
        pause, longest = PAUSES
        while not wanted(seen := look()) and time.monotonic() < end:
            time.sleep(pause)  # who looks all the time takes from the page what it needs to get on
            pause = min(2 * pause, longest)
        return seen

    def sees(self, look: Callable[[], T], expected: T) -> bool:
        """Whether one comes to see something: events reach the page a little later."""
        seen = self.until(look, lambda now: now == expected)
        assert seen == expected
        return True

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def click(self, selector: str) -> WebElement:
        """Bring something into the middle of the window and click it."""
        element = self.find(selector)
        self.script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()
        return element

    def point(self, selector: str) -> None:
        """Bring something into the middle of the window and the pointer upon it."""
        element = self.find(selector)
        self.script("arguments[0].scrollIntoView({block: 'center'})", element)
        ActionChains(self.driver).move_to_element(element).perform()

    def press(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def press_back(self) -> None:
        """To the tab stop before."""
        chain = ActionChains(self.driver)
        chain.key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()

    @property
    def focus(self) -> WebElement:
        return self.driver.switch_to.active_element

    @property
    def fragment(self) -> str:
        return self.script("return decodeURIComponent(location.hash)")

    @property
    def panel(self) -> WebElement:
        return self.find("#panel")

    @property
    def value(self) -> str:
        return self.find("#panel .value").text

    @property
    def about(self) -> dict[str, str]:
        """What the head of the panel says, by heading."""
        return terms(self.find("#panel .inside > dl"))

    @property
    def parents(self) -> dict[str, str]:
        """Printed value by id of what the value was made from directly."""
        nodes = self.all("#panel section > .tree > li > .node")
        return {
            node.get_attribute("data-value"): node.find_element(By.CSS_SELECTOR, "strong").text
            for node in nodes
        }

    @property
    def cells(self) -> list[Cell]:
        """The raw cells that can be seen in the panel."""
        return [
            Cell(
                cell.find_element(By.CSS_SELECTOR, ".place").text,
                cell.get_attribute("data-row"),
                cell.find_element(By.CSS_SELECTOR, ".original").text,
                terms(cell),
            )
            for cell in self.all("#panel .cell")
            if cell.is_displayed()
        ]

    def requests(self) -> list[str]:
        """Addresses that the page asked of since it was opened; of a watched one.

        What the browser asks of itself for its own first page is none of its requests.
        """
        entries = (json.loads(entry["message"]) for entry in self.driver.get_log("performance"))
        messages = [entry["message"] for entry in entries]
        asked = [
            message["params"]["request"]["url"]
            for message in messages
            if message["method"] == "Network.requestWillBeSent"
        ]
        return [address for address in asked if not address.startswith(("about:", "chrome:"))]

    def complaints(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]


def terms(element: WebElement) -> dict[str, str]:
    """Terms and descriptions of the lists in an element."""
    names = element.find_elements(By.CSS_SELECTOR, "dt")
    texts = element.find_elements(By.CSS_SELECTOR, "dd")
    return {name.text: text.text for name, text in zip(names, texts, strict=True)}
