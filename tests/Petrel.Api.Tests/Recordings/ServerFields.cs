using System.Text.Json.Nodes;

namespace Petrel.Api.Tests.Recordings;

/// <summary>What the server adds to a write beyond the kind's own behaviour: taken out on both sides before comparing.</summary>
internal static class ServerFields
{
    public static JsonObject Remove(JsonObject value)
    {
        var meta = value["metadata"]?.AsObject();
        var annotations = meta?["annotations"]?.DeepClone() as JsonObject;
        annotations?.Remove("node.alpha.kubernetes.io/ttl");
        value["metadata"] = new JsonObject { ["labels"] = meta?["labels"]?.DeepClone(), ["annotations"] = annotations?.Count == 0 ? null : annotations };
        (value["status"] as JsonObject)?.Remove("observedGeneration");
        switch ((string?)value["kind"])
        {
            case "Pod":
                RemoveFromPod(value);
                break;
            case "PersistentVolume":
                (value["status"] as JsonObject)?.Remove("lastPhaseTransitionTime");
                break;
            case "Service":
                RemoveFromService(value["spec"]!.AsObject());
                break;
            case "Node":
                RemoveNotReadyTaint(value["spec"]!.AsObject());
                break;
        }

        return value;
    }

    // Admission fills in the service account and its token, the priority and the tolerations of unreachable nodes.
    private static void RemoveFromPod(JsonObject pod)
    {
        var spec = pod["spec"]!.AsObject();
        foreach (var field in (string[])["serviceAccountName", "serviceAccount", "priority", "preemptionPolicy"])
        {
            spec.Remove(field);
        }

        RemoveItems(spec, "tolerations", static item => ((string?)item["key"])?.StartsWith("node.kubernetes.io/", StringComparison.Ordinal) == true);
        RemoveItems(spec, "volumes", static item => ((string?)item["name"])?.StartsWith("kube-api-access", StringComparison.Ordinal) == true);
        foreach (var list in (string[])["containers", "initContainers"])
        {
            foreach (var container in spec[list] as JsonArray ?? [])
            {
                RemoveItems(container!.AsObject(), "volumeMounts", static item => ((string?)item["name"])?.StartsWith("kube-api-access", StringComparison.Ordinal) == true);
            }
        }

        // Set by the scheduler soon after the write.
        RemoveItems(pod["status"]!.AsObject(), "conditions", static item => (string?)item["type"] == "PodScheduled");
    }

    private static void RemoveFromService(JsonObject spec)
    {
        foreach (var field in (string[])["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort"])
        {
            spec.Remove(field);
        }

        foreach (var port in spec["ports"] as JsonArray ?? [])
        {
            port!.AsObject().Remove("nodePort");
        }
    }

    private static void RemoveNotReadyTaint(JsonObject spec) =>
        RemoveItems(spec, "taints", static item => (string?)item["key"] == "node.kubernetes.io/not-ready");

    private static void RemoveItems(JsonObject parent, string name, Predicate<JsonNode> match)
    {
        if (parent[name] is JsonArray list)
        {
            list.RemoveAll(item => match(item!));
            if (list.Count == 0)
            {
                parent.Remove(name);
            }
        }
    }
}
