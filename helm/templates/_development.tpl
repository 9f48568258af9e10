{{/* The servers of the development set: their port and whatever else they need. */}}
{{- define "gorder.developmentServers" -}}
rabbitmq:
  port: 5672
  consolePort: 15672
  user: 999
  data: /var/lib/rabbitmq
  # Its data are filed under the host's name.
  hostname: rabbitmq
  env: { RABBITMQ_DEFAULT_USER: gorder, RABBITMQ_DEFAULT_PASS: $(PASSWORD) }
  memory: { request: 160Mi, limit: 512Mi }
  cpu: 100m
redis:
  port: 6379
  user: 999
  data: /data
  args: [redis-server, --requirepass, $(PASSWORD), --appendonly, "yes"]
  memory: { request: 16Mi, limit: 128Mi }
  cpu: 20m
mongodb:
  port: 27017
  user: 999
  data: /data/db
  memory: { request: 96Mi, limit: 768Mi }
  cpu: 50m
mysql:
  port: 3306
  user: 999
  data: /var/lib/mysql
  env: { MYSQL_DATABASE: stock, MYSQL_USER: gorder, MYSQL_PASSWORD: $(PASSWORD), MYSQL_ROOT_PASSWORD: $(PASSWORD) }
  memory: { request: 192Mi, limit: 1Gi }
  cpu: 100m
consul:
  port: 8500
  user: 100
  group: 1000
  args: [agent, -dev, -client, 0.0.0.0]
  env: { CONSUL_DISABLE_PERM_MGMT: "true" }
  memory: { request: 64Mi, limit: 256Mi }
  cpu: 30m
zipkin:
  port: 9411
  user: 1000
  env: { JAVA_OPTS: -Xms64m -Xmx128m -XX:+ExitOnOutOfMemoryError }
  memory: { request: 192Mi, limit: 512Mi }
  cpu: 50m
standin:
  port: 8080
  user: 10001
  memory: { request: 48Mi, limit: 320Mi }
  cpu: 20m
{{- end }}

{{- define "gorder.standinEnv" }}
{{ include "gorder.secretEnv" (dict "root" . "variable" "STRIPE_SECRET_KEY" "kind" "stripe" "key" "secretKey") }}
{{ include "gorder.secretEnv" (dict "root" . "variable" "STRIPE_WEBHOOK_SECRET" "kind" "stripe" "key" "webhookSecret") }}
- name: STANDIN_PUBLIC_URL
  value: {{ .Values.development.standinUrl | quote }}
{{- /* Its own default is not said: a stand-in that is made anew, as by an upgrade, forgets whose money it has. */}}
{{- if ne .Values.shop.name "Gorder" }}
- name: SHOP_NAME
  value: {{ .Values.shop.name | quote }}
{{- end }}
- name: WEBHOOK_URL
  value: http://{{ include "gorder.name" (dict "root" . "name" "payment") }}:8080/api/stripe/webhook
{{- end }}
