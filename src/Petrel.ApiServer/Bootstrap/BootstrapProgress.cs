using System.Collections.Concurrent;
using Petrel.ApiServer.Paths;

namespace Petrel.ApiServer.Bootstrap;

/// <summary>Which steps of the start are done. What upstream calls post-start hooks; each has a health check of its name.</summary>
public sealed class BootstrapProgress
{
    internal const string Roles = "rbac/bootstrap-roles";
    internal const string FlowControl = "priority-and-fairness-config-producer";
    internal const string PriorityClasses = "scheduling/bootstrap-system-priority-classes";

    private readonly ConcurrentDictionary<string, bool> _finished = new(StringComparer.Ordinal);

    /// <summary>One check for each step that a server waits for.</summary>
    internal IReadOnlyList<HealthCheck> Checks => [Check(FlowControl), Check(Roles), Check(PriorityClasses)];

    internal void Finish(string hook) => _finished[hook] = true;

    private HealthCheck Check(string hook) =>
        new("poststarthook/" + hook, true, _ => Task.FromResult(_finished.ContainsKey(hook) ? null : "not finished"));
}
