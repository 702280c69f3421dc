namespace Petrel.Api.Features;

/// <summary>How far a feature has come (https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/).</summary>
public enum FeatureStage
{
    /// <summary>Off by default, and may go again.</summary>
    Alpha,

    /// <summary>Tested; may still change.</summary>
    Beta,

    /// <summary>There to stay.</summary>
    Stable,

    /// <summary>On its way out.</summary>
    Deprecated,
}
