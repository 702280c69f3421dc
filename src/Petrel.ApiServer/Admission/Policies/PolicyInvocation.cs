using Petrel.Api.Resources;
using Petrel.Cel.Values;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>A policy is to be evaluated for a request, or cannot be.</summary>
/// <param name="Binding">The binding that says so; null when the policy itself is at fault.</param>
/// <param name="Target">The kind as which the request matched.</param>
/// <param name="Parameters">The params with which it is evaluated, one after the other; null for a policy without.</param>
/// <param name="Error">Why it cannot be; empty when it can.</param>
internal sealed record PolicyInvocation(PolicyBinding? Binding, ResourceType Target, IReadOnlyList<CelValue?> Parameters, string Error = "");
