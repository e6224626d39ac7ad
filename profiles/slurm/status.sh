#!/bin/sh
# How a job of the cluster stands, in the words of Snakemake. Asked of the controller itself, so no
# accounting is needed. One that does not answer is asked again.
case "$(scontrol show job "$1" 2>&1)" in
  *JobState=COMPLETED*) echo success ;;
  *JobState=BOOT_FAIL* | *JobState=CANCELLED* | *JobState=DEADLINE* | *JobState=FAILED*) echo failed ;;
  *JobState=NODE_FAIL* | *JobState=OUT_OF_MEMORY* | *JobState=TIMEOUT*) echo failed ;;
  *"Invalid job id"*) echo failed ;;  # forgotten, minutes after its end
  *) echo running ;;
esac
