using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Tests.Cycle;

/// <summary>Takes part in everything around binding as a test says, and notes what it was asked.</summary>
internal sealed class TestBinding(string name) : IReservePlugin, IPermitPlugin, IPreBindPlugin, IBindPlugin, IPostBindPlugin
{
    public string Name => name;

    public List<string> Calls { get; init; } = [];

    public Func<Verdict> OnReserve { get; init; } = static () => Verdict.Success;

    public Func<(Verdict, TimeSpan)> OnPermit { get; init; } = static () => (Verdict.Success, TimeSpan.Zero);

    public Func<Task<Verdict>> OnPreBind { get; init; } = static () => Task.FromResult(Verdict.Success);

    public Func<Task<Verdict>> OnBind { get; init; } = static () => Task.FromResult(Verdict.Success);

    public Verdict Reserve(CycleState state, PodInfo pod, string node)
    {
        Calls.Add(name + " reserve");
        return OnReserve();
    }

    public void Unreserve(CycleState state, PodInfo pod, string node) => Calls.Add(name + " unreserve");

    public (Verdict Verdict, TimeSpan Timeout) Permit(CycleState state, PodInfo pod, string node) => OnPermit();

    public Task<Verdict> PreBindAsync(CycleState state, PodInfo pod, string node, CancellationToken cancellationToken) => OnPreBind();

    public Task<Verdict> BindAsync(CycleState state, PodInfo pod, string node, CancellationToken cancellationToken)
    {
        Calls.Add($"{name} bind {pod.Key.Name} to {node}");
        return OnBind();
    }

    public void PostBind(CycleState state, PodInfo pod, string node) => Calls.Add(name + " told");
}
