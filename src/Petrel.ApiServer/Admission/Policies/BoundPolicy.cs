namespace Petrel.ApiServer.Admission.Policies;

/// <summary>A policy and the bindings that put it in force.</summary>
internal sealed record BoundPolicy(CompiledPolicy Policy, IReadOnlyList<PolicyBinding> Bindings);
