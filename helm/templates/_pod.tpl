{{/* Pod Security "restricted", for the pod. */}}
{{- define "gorder.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{/* Pod Security "restricted", for a container. Takes whether the root file system is read-only. */}}
{{- define "gorder.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: {{ . }}
capabilities: { drop: [ALL] }
{{- end }}

{{/* What every pod of ours has. */}}
{{- define "gorder.podBasics" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext: {{- include "gorder.podSecurity" . | nindent 2 }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
{{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{/* Environment variables from a map. */}}
{{- define "gorder.env" -}}
{{- range $variable, $value := . }}
- name: {{ $variable }}
  value: {{ $value | toString | quote }}
{{- end }}
{{- end }}

{{/* What every service with a sidecar reads. Takes root. */}}
{{- define "gorder.serviceEnv" -}}
- name: DAPR_HTTP_PORT
  value: "3500"
- name: DAPR_GRPC_PORT
  value: "50001"
{{ include "gorder.secretEnv" (dict "root" .root "variable" "DAPR_API_TOKEN" "kind" "apiToken" "key" "token") }}
{{ include "gorder.secretEnv" (dict "root" .root "variable" "APP_API_TOKEN" "kind" "appToken" "key" "token") }}
{{- if eq .root.Values.nameResolution "consul" }}
- name: CONSUL_URL
  value: {{ include "gorder.consulUrl" .root | quote }}
{{- if hasKey (include "gorder.secretKeys" .root | fromYaml) "consul" }}
{{ include "gorder.secretEnv" (dict "root" .root "variable" "CONSUL_HTTP_TOKEN" "kind" "consul" "key" "token") }}
{{- end }}
- name: REGISTER_ADDRESS
  valueFrom: { fieldRef: { fieldPath: status.podIP } }
- name: DAPR_INTERNAL_GRPC_PORT
  value: "50002"
{{- end }}
{{- if include "gorder.caConfigMap" .root }}
{{ include "gorder.caEnv" .root }}
{{- end }}
{{- with include "gorder.zipkinUrl" .root }}
- name: ZIPKIN_URL
  value: {{ . | quote }}
{{- end }}
{{- with .root.Values.tracing.otlp.endpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ . | quote }}
{{- end }}
- name: TRACE_SAMPLE_RATIO
  value: {{ .root.Values.tracing.sampleRatio | quote }}
{{- end }}

{{/* All that the chart sets of a service's environment. Takes what gorder.workload takes, and service, its row of the list. */}}
{{- define "gorder.ownEnv" -}}
- name: LOG_LEVEL
  value: {{ .root.Values.logLevel }}
{{- if .service.grpc }}
- name: GRPC_PORT
  value: "8081"
{{- end }}
- name: HEALTH_PORT
  value: "8082"
{{- if .service.sidecar }}
- name: APP_PORT
  value: "8083"
{{ include "gorder.serviceEnv" . }}
{{- end }}
{{- with .env }}
{{ . | trim }}
{{- end }}
{{- end }}

{{/* Waits for Consul before the sidecar starts. Takes root and name. */}}
{{- define "gorder.waitForConsul" -}}
- name: wait-for-consul
  image: {{ include "gorder.image" . | quote }}
  imagePullPolicy: {{ .root.Values.image.pullPolicy }}
  command: [/usr/local/bin/node]
  args:
    - --input-type=module
    - --eval
    - |
      {{- .root.Files.Get "files/scripts/wait-for-consul.mjs" | nindent 6 }}
  env:
    - name: CONSUL_URL
      value: {{ include "gorder.consulUrl" .root | quote }}
    {{- if include "gorder.caConfigMap" .root }}
    {{- include "gorder.caEnv" .root | nindent 4 }}
  volumeMounts:
    {{- include "gorder.caMount" .root | nindent 4 }}
    {{- end }}
  resources:
    requests: { cpu: 10m, memory: 48Mi }
    limits: { cpu: 500m, memory: 128Mi }
  securityContext: {{- include "gorder.containerSecurity" true | nindent 4 }}
  terminationMessagePolicy: FallbackToLogsOnError
{{- end }}
