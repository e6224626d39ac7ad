#!/bin/sh
# A script as a job of Kubernetes, on the volume on which the project lies; prints the job's name.
# submit.sh CORES MEGABYTES MINUTES SCRIPT
set -eu
: "${SUYUAN_IMAGE:?an image with the Python that .venv was made from, and pango}"
: "${SUYUAN_CLAIM:?the persistent volume claim on which the project lies}"
: "${SUYUAN_MOUNT:?where the volume is mounted, here and in pods}"
kubectl create --output=name --filename=- <<MANIFEST
apiVersion: batch/v1
kind: Job
metadata: {generateName: suyuan-}
spec:
  backoffLimit: 0
  activeDeadlineSeconds: $(($3 * 60))
  ttlSecondsAfterFinished: 3600
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: suyuan
          image: "$SUYUAN_IMAGE"
          command: [sh, "$4"]
          resources:
            requests: {cpu: "$1", memory: "$2Mi"}
            limits: {memory: "$2Mi"}
          volumeMounts: [{name: project, mountPath: "$SUYUAN_MOUNT"}]
      volumes: [{name: project, persistentVolumeClaim: {claimName: "$SUYUAN_CLAIM"}}]
MANIFEST
