{{/* What each secret holds. Of servers behind components of one's own alone, only if they are given all the same. */}}
{{- define "gorder.secretKeys" -}}
{{- $own := .Values.dapr.ownComponents -}}
{{- $development := .Values.development.enabled -}}
mongodb: [url]
mysql: [url]
{{- if or (not (and (has "statestore" $own) (has "lockstore" $own))) .Values.redis.existingSecret .Values.redis.host $development }}
redis: [host, password]
{{- end }}
{{- if or (not (has "keepstore" $own)) .Values.keep.existingSecret .Values.keep.connectionString $development }}
keep: [connectionString, database]
{{- end }}
{{- if or (not (has "pubsub" $own)) .Values.rabbitmq.existingSecret .Values.rabbitmq.connectionString $development }}
rabbitmq: [connectionString]
{{- end }}
stripe: [secretKey, webhookSecret]
session: [secret]
{{- if and (eq .Values.nameResolution "consul") (or .Values.consul.existingSecret .Values.consul.token) }}
consul: [token]
{{- end }}
appToken: [token]
apiToken: [token]
{{- if .Values.customerOidc.issuer }}
customerOidc: [clientSecret]
{{- end }}
{{- if .Values.staff.enabled }}
staffSession: [secret]
staffOidc: [clientSecret]
{{- if or .Values.staffRabbitmq.existingSecret .Values.staffRabbitmq.connectionString }}
staffRabbitmq: [connectionString]
{{- end }}
{{- end }}
{{- end }}

{{/* The name of a secret. Takes root and kind. */}}
{{- define "gorder.secretName" -}}
{{- (index .root.Values .kind).existingSecret | default (include "gorder.name" (dict "root" .root "name" (printf "gorder-%s" (kebabcase .kind)))) -}}
{{- end }}

{{/* What a key is called in its secret: a secret of others may name it otherwise. Takes root, kind and key. */}}
{{- define "gorder.secretKey" -}}
{{- index ((index .root.Values .kind).keys | default dict) .key | default .key -}}
{{- end }}

{{/* What reaches the servers of the development set. */}}
{{- define "gorder.developmentSecrets" -}}
{{- $password := .Values.development.password -}}
{{- $servers := .Values.development.servers -}}
{{- $at := include "gorder.name" (dict "root" . "name" "%s") -}}
mongodb: { url: {{ ternary (printf "mongodb://%s:27017/" (printf $at "mongodb")) "" (has "mongodb" $servers) | quote }} }
mysql: { url: {{ ternary (printf "mysql://gorder:%s@%s:3306/stock" $password (printf $at "mysql")) "" (has "mysql" $servers) | quote }} }
redis: { host: {{ ternary (printf "%s:6379" (printf $at "redis")) "" (has "redis" $servers) | quote }}, password: {{ $password | quote }} }
keep: { connectionString: {{ ternary (printf "gorder:%s@tcp(%s:3306)/" $password (printf $at "mysql")) "" (has "mysql" $servers) | quote }}, database: stock }
rabbitmq: { connectionString: {{ ternary (printf "amqp://gorder:%s@%s:5672" $password (printf $at "rabbitmq")) "" (has "rabbitmq" $servers) | quote }} }
stripe:
  secretKey: {{ ternary (printf "sk_test_%s" $password) "" (has "standin" $servers) | quote }}
  webhookSecret: {{ ternary (printf "whsec_%s" $password) "" (has "standin" $servers) | quote }}
{{- end }}

{{/* The secrets that the chart makes: kind -> key -> value. Made once in a rendering, since some are random. */}}
{{- define "gorder.secrets" -}}
{{- if not (hasKey .Values "madeSecrets") }}
{{- $made := dict }}
{{- $development := ternary (include "gorder.developmentSecrets" . | fromYaml) dict .Values.development.enabled }}
{{- range $kind, $keys := include "gorder.secretKeys" . | fromYaml }}
{{- $given := index $.Values $kind }}
{{- if not $given.existingSecret }}
{{- $data := dict }}
{{- range $key := $keys }}
{{- $value := index $given $key | default (index (index $development $kind | default dict) $key) | default "" }}
{{- if and (eq $value "") (has $kind (list "session" "appToken" "apiToken" "staffSession")) }}
{{- with $.Values.generatedSecrets.seed }}{{ $value = printf "%s/%s/%s" . $kind $key | sha256sum }}{{ end }}
{{- end }}
{{- if and (eq $value "") $.Values.generatedSecrets.enabled (has $kind (list "session" "appToken" "apiToken" "staffSession")) }}
{{- $kept := lookup "v1" "Secret" $.Release.Namespace (include "gorder.secretName" (dict "root" $ "kind" $kind)) }}
{{- $value = ternary (index ($kept.data | default dict) $key | default "" | b64dec) (randAlphaNum 40) (not (empty $kept)) }}
{{- end }}
{{- $_ := set $data $key $value }}
{{- end }}
{{- $_ := set $made $kind $data }}
{{- end }}
{{- end }}
{{- $_ := set .Values "madeSecrets" $made }}
{{- end }}
{{- toYaml .Values.madeSecrets }}
{{- end }}

{{/* The kinds of secrets that one service and its sidecar read, as {list: [...]}. Takes root and name. */}}
{{- define "gorder.secretsOf" -}}
{{- $keys := include "gorder.secretKeys" .root | fromYaml -}}
list:
{{- range (include "gorder.serversOf" . | fromYaml).list }}
{{- if hasKey $keys . }}
  - {{ . }}
{{- end }}
{{- end }}
  - appToken
  - apiToken
{{- if eq .name "order" }}
  - session
{{- if hasKey $keys "customerOidc" }}
  - customerOidc
{{- end }}
{{- end }}
{{- if eq .name "staff" }}
{{- range $kind, $_ := $keys }}
{{- if hasPrefix "staff" $kind }}
  - {{ $kind }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Changes when one of the service's secrets does; an existing one is looked up. Takes root and name. */}}
{{- define "gorder.secretsChecksum" -}}
{{- $root := .root -}}
{{- $made := include "gorder.secrets" $root | fromYaml -}}
{{- $seen := dict -}}
{{- range (include "gorder.secretsOf" . | fromYaml).list }}
{{- $existing := (index $root.Values .).existingSecret }}
{{- $content := index $made . }}
{{- if $existing }}{{ $content = (lookup "v1" "Secret" $root.Release.Namespace $existing).data | default dict }}{{ end }}
{{- $_ := set $seen . $content }}
{{- end }}
{{- toYaml $seen | sha256sum }}
{{- end }}

{{/* An environment variable from a secret. Takes root, variable, kind and key. */}}
{{- define "gorder.secretEnv" -}}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef:
      name: {{ include "gorder.secretName" . }}
      key: {{ include "gorder.secretKey" . }}
{{- end }}
