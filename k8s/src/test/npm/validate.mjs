// Reads a JSON list of Kubernetes objects from standard input, and writes a JSON list of lists: what is
// wrong with each. The schemas of the packages let unknown fields pass; here they are found by watching
// which fields a schema asks for: a field that it never asks for is none of its own.
import { readFileSync } from "node:fs";


const CORE = "kubernetes-models/_schemas/IoK8sApi";
const KEDA = "@kubernetes-models/keda/_schemas/ComGithubKedacoreKedaV2ApisKedaV1alpha1";
const MONITORING = "@kubernetes-models/prometheus-operator/_schemas/ComGithubPrometheusOperatorPrometheusOperatorPkgApisMonitoringV1";

const SCHEMAS = {
  "v1/ConfigMap": CORE + "CoreV1ConfigMap",
  "v1/Namespace": CORE + "CoreV1Namespace",
  "v1/Service": CORE + "CoreV1Service",
  "v1/ServiceAccount": CORE + "CoreV1ServiceAccount",
  "apps/v1/Deployment": CORE + "AppsV1Deployment",
  "apps/v1/StatefulSet": CORE + "AppsV1StatefulSet",
  "networking.k8s.io/v1/NetworkPolicy": CORE + "NetworkingV1NetworkPolicy",
  "policy/v1/PodDisruptionBudget": CORE + "PolicyV1PodDisruptionBudget",
  "keda.sh/v1alpha1/ScaledObject": KEDA + "ScaledObject",
  "keda.sh/v1alpha1/TriggerAuthentication": KEDA + "TriggerAuthentication",
  "monitoring.coreos.com/v1/PrometheusRule": MONITORING + "PrometheusRule",
  "monitoring.coreos.com/v1/ServiceMonitor": MONITORING + "ServiceMonitor",
};

/** A view of a value that notes which fields of each object are asked for. */
class Watched {
  constructor(value, path) {
    this.path = path;
    this.value = value;
    this.asked = new Set();
    this.isEnumerated = false;
    this.children = new Map();
    this.view = new Proxy(value, {
      get: (target, key) => {
        const found = Reflect.get(target, key);
        if (typeof key === "symbol") {
          return found;
        }
        this.asked.add(key);
        return found !== null && typeof found === "object" ? this.child(key, found) : found;
      },
      ownKeys: (target) => {
        this.isEnumerated = true;
        return Reflect.ownKeys(target);
      },
    });
  }

  child(key, value) {
    if (!this.children.has(key)) {
      this.children.set(key, new Watched(value, this.path + "/" + key));
    }
    return this.children.get(key).view;
  }

  unknown() {
    const found = [...this.children.values()].flatMap((child) => child.unknown());
    // What is an object of any shape is not asked for any field.
    if (!Array.isArray(this.value) && !this.isEnumerated && this.asked.size > 0) {
      for (const key of Object.keys(this.value)) {
        if (!this.asked.has(key)) {
          found.push(this.path + "/" + key + " is unknown");
        }
      }
    }
    return found;
  }
}

async function problems(object) {
  const kind = object.apiVersion + "/" + object.kind;
  if (!(kind in SCHEMAS)) {
    return ["no schema of " + kind];
  }
  const { validate } = await import("./node_modules/" + SCHEMAS[kind] + ".js");
  const watched = new Watched(object, "");
  if (!validate(watched.view)) {
    return validate.errors.map((error) => (error.instancePath ?? "") + " " + (error.message ?? error.keyword)
      + " " + JSON.stringify(error.params));
  }
  return watched.unknown();
}

const objects = JSON.parse(readFileSync(0, "utf8"));
const found = [];
for (const object of objects) {
  found.push(await problems(object));
}
process.stdout.write(JSON.stringify(found));
