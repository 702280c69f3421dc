using System.Text.Json.Nodes;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Client.Api;

namespace Petrel.Node.Pods;

/// <summary>
/// Writes a pod's status as a strategic merge patch: conditions of others stay, nobody else's change gets in the way, and a
/// pod of the same name that came instead is not touched.
/// </summary>
internal sealed class PodStatusWriter(IApi api)
{
    // What the node alone decides: what it leaves out is removed.
    private static readonly string[] Owned =
    [
        "phase", "message", "reason", "hostIP", "hostIPs", "podIP", "podIPs", "startTime",
        "initContainerStatuses", "containerStatuses", "ephemeralContainerStatuses",
    ];

    private static readonly string[] OwnConditions = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"];

    /// <summary>The pod as the server has it afterwards; null when it is gone.</summary>
    /// <exception cref="ApiException">The server refuses.</exception>
    /// <exception cref="HttpRequestException">The server does not answer.</exception>
    public async Task<Pod?> WriteAsync(Pod pod, PodStatus status, CancellationToken cancellationToken)
    {
        try
        {
            return await api.PatchAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, PatchBody.Strategic(Patch(pod, status)), "status", cancellationToken);
        }
        catch (ApiException e) when (e.IsNotFound || (e.IsConflict && e.Message.Contains("uid", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }
    }

    internal static string Patch(Pod pod, PodStatus status)
    {
        var body = JsonNode.Parse(JsonEncoding.Encode(status))!.AsObject();
        foreach (var field in Owned)
        {
            if (!body.ContainsKey(field))
            {
                body[field] = null;
            }
        }

        foreach (var list in (string[])["hostIPs", "podIPs"])
        {
            // Merged by address otherwise, which would keep the old ones.
            (body[list] as JsonArray)?.Insert(0, (JsonNode)new JsonObject { ["$patch"] = "replace" });
        }

        body["conditions"] = Conditions(pod.Status.Conditions, status.Conditions);
        return new JsonObject { ["metadata"] = new JsonObject { ["uid"] = pod.Metadata.Uid }, ["status"] = body }.ToJsonString();
    }

    /// <summary>The node's own, and those of others that it has set just now.</summary>
    private static JsonArray Conditions(ApiList<PodCondition> present, ApiList<PodCondition> conditions)
    {
        var array = new JsonArray();
        foreach (var condition in conditions.Where(each => OwnConditions.Contains(each.Type) || !present.Contains(each)))
        {
            var item = JsonNode.Parse(JsonEncoding.Encode(condition))!.AsObject();
            foreach (var text in (string[])["reason", "message"])
            {
                if (!item.ContainsKey(text))
                {
                    item[text] = null;
                }
            }

            array.Add((JsonNode)item);
        }

        return array;
    }
}
