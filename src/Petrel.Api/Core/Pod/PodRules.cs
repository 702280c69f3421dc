namespace Petrel.Api.Core;

/// <summary>What the parts of a pod's spec need to know about the whole to be checked.</summary>
/// <param name="PodName">Name of the pod; null inside a template.</param>
/// <param name="Volumes">Volumes without errors, by name.</param>
/// <param name="RestartPolicy">Of the pod.</param>
/// <param name="GracePeriodSeconds">Time to end.</param>
/// <param name="UsesHostUsers">Users inside are those of the host.</param>
/// <param name="ClaimNames">Names of the pod's resource claims.</param>
internal sealed record PodRules(
    string? PodName,
    IReadOnlyDictionary<string, Volume> Volumes,
    string RestartPolicy,
    long GracePeriodSeconds,
    bool UsesHostUsers,
    IReadOnlyList<string> ClaimNames);
