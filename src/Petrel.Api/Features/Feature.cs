namespace Petrel.Api.Features;

/// <summary>A feature that can be switched on and off (--feature-gates), as one version of Kubernetes has it.</summary>
/// <param name="Name">Upstream's name, e.g. <c>JobManagedBy</c>.</param>
/// <param name="Stage">How far it has come.</param>
/// <param name="IsOnByDefault">Whether it is on when nothing is said about it.</param>
/// <param name="IsLocked">It cannot be set to anything but its default.</param>
public sealed record Feature(string Name, FeatureStage Stage, bool IsOnByDefault, bool IsLocked);
