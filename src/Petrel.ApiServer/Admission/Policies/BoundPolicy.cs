namespace Petrel.ApiServer.Admission.Policies;

/// <summary>A policy and the bindings that put it in force.</summary>
internal sealed record BoundPolicy<TRules>(TRules Policy, IReadOnlyList<PolicyBinding> Bindings) where TRules : PolicyRules;
