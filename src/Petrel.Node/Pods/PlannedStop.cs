using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>A container that must end.</summary>
/// <param name="Reason">Why, in the words of its event; null for the ordinary end of the pod.</param>
/// <param name="Probe">The probe that ends it.</param>
/// <param name="Turn">Those of a lower turn end first.</param>
internal sealed record PlannedStop(RuntimeContainer Instance, string? Reason, Probe? Probe, int Turn);
