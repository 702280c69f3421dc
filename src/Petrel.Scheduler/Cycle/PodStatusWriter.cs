using System.Text;
using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;

namespace Petrel.Scheduler.Cycle;

/// <summary>Writes what the scheduler says in a pod's status: conditions and the nominated node.</summary>
internal sealed class PodStatusWriter(IApi api, TimeProvider time)
{
    /// <summary>Sets a condition and, unless null, the nominated node. Nothing is written when nothing changes.</summary>
    /// <exception cref="ApiException">The server refused: the pod is gone, for example.</exception>
    /// <exception cref="HttpRequestException">The server could not be reached.</exception>
    public async Task WriteAsync(Pod pod, PodCondition? condition, string? nominated, CancellationToken cancellationToken)
    {
        var old = condition is null ? null : pod.Status.Conditions.FirstOrDefault(other => other.Type == condition.Type);
        var isOldCondition = condition is null || (old is not null && old.Status == condition.Status && old.Reason == condition.Reason && old.Message == condition.Message);
        var isOldNode = nominated is null || nominated == pod.Status.NominatedNodeName;
        if (isOldCondition && isOldNode)
        {
            return;
        }

        // The time tells since when the condition has its status, not since when its message.
        var since = old is not null && old.Status == condition!.Status ? old.LastTransitionTime : time.GetUtcNow();
        var patch = Patch(pod, isOldCondition ? null : condition! with { LastTransitionTime = since }, isOldNode ? null : nominated);
        await api.PatchAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, new PatchBody("application/strategic-merge-patch+json", patch), "status", cancellationToken);
    }

    private static ReadOnlyMemory<byte> Patch(Pod pod, PodCondition? condition, string? nominated)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();

            // Not a later pod of the same name.
            writer.WriteStartObject("metadata"u8);
            writer.WriteString("uid"u8, pod.Metadata.Uid);
            writer.WriteEndObject();
            writer.WriteStartObject("status"u8);
            if (condition is not null)
            {
                writer.WriteStartArray("conditions"u8);
                Write(writer, condition);
                writer.WriteEndArray();
            }

            if (nominated is { Length: > 0 })
            {
                writer.WriteString("nominatedNodeName"u8, nominated);
            }
            else if (nominated is not null)
            {
                writer.WriteNull("nominatedNodeName"u8);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, PodCondition condition)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, condition.Type);
        writer.WriteString("status"u8, condition.Status);
        writer.WriteNull("lastProbeTime"u8);
        writer.WriteString("lastTransitionTime"u8, Encoding.UTF8.GetBytes(ApiTime.Format(condition.LastTransitionTime!.Value)));
        writer.WriteString("reason"u8, condition.Reason);
        writer.WriteString("message"u8, condition.Message);
        writer.WriteEndObject();
    }
}
