using System.Text;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Api.Meta;
using Petrel.Client.Api;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.PodCleanup;

/// <summary>Removes pods that nobody can end in the usual way.</summary>
internal static class PodRemoval
{
    /// <summary>Marks an unfinished pod as failed, so that who counts it knows, and removes it without waiting for its node.</summary>
    /// <param name="disruption">Why it is taken away, as its DisruptionTarget condition says; null when it is no disruption.</param>
    public static async Task ForceAsync(IApi api, Pod pod, PodCondition? disruption, CancellationToken cancellationToken)
    {
        if (pod.IsTerminal() || await MarkAsync(api, pod, "Failed", disruption, cancellationToken))
        {
            var options = new DeleteOptions { GracePeriodSeconds = 0, Preconditions = new() { Uid = pod.Metadata.Uid } };
            await api.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, options, cancellationToken);
        }
    }

    /// <summary>Sets phase and condition, each unless null. False when the pod is gone.</summary>
    public static async Task<bool> MarkAsync(IApi api, Pod pod, string? phase, PodCondition? condition, CancellationToken cancellationToken)
    {
        var phaseJson = phase is null ? "" : $"\"phase\":\"{phase}\"";
        var conditionJson = condition is null ? "" : $"\"conditions\":[{Encoding.UTF8.GetString(JsonEncoding.Encode(condition))}]";
        var comma = phase is null || condition is null ? "" : ",";
        var patch = PatchBody.Strategic($$$"""{"metadata":{"uid":"{{{pod.Metadata.Uid}}}"},"status":{{{{phaseJson}}}{{{comma}}}{{{conditionJson}}}}}""");
        try
        {
            await api.PatchAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, patch, "status", cancellationToken);
            return true;
        }
        catch (ApiException exception) when (exception.IsNotFound)
        {
            return false;
        }
    }

    public static PodCondition Disruption(string reason, string message, DateTimeOffset now) => new()
    {
        Type = "DisruptionTarget",
        Status = "True",
        Reason = reason,
        Message = message,
        LastTransitionTime = now,
    };
}
