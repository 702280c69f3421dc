using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

/// <summary>What /version tells about a server.</summary>
[ApiType("io.k8s.apimachinery.pkg.version.Info")]
public sealed partial record VersionInfo
{
    /// <summary>First number of the Kubernetes version.</summary>
    [Field(0, Required = true, Always = true)]
    public string Major { get; init; } = "";

    /// <summary>Second number of the Kubernetes version.</summary>
    [Field(0, Required = true, Always = true)]
    public string Minor { get; init; } = "";

    /// <summary>First number of the version that the server behaves like.</summary>
    [Field(0)]
    public string EmulationMajor { get; init; } = "";

    /// <summary>Second number of the version that the server behaves like.</summary>
    [Field(0)]
    public string EmulationMinor { get; init; } = "";

    /// <summary>First number of the oldest version that the server can run beside.</summary>
    [Field(0)]
    public string MinCompatibilityMajor { get; init; } = "";

    /// <summary>Second number of the oldest version that the server can run beside.</summary>
    [Field(0)]
    public string MinCompatibilityMinor { get; init; } = "";

    /// <summary>The full version.</summary>
    [Field(0, Required = true, Always = true)]
    public string GitVersion { get; init; } = "";

    /// <summary>Identifies the source that was built.</summary>
    [Field(0, Required = true, Always = true)]
    public string GitCommit { get; init; } = "";

    /// <summary>Whether that source had local changes.</summary>
    [Field(0, Required = true, Always = true)]
    public string GitTreeState { get; init; } = "";

    /// <summary>When it was built.</summary>
    [Field(0, Required = true, Always = true)]
    public string BuildDate { get; init; } = "";

    /// <summary>The language runtime.</summary>
    [Field(0, Required = true, Always = true)]
    public string GoVersion { get; init; } = "";

    /// <summary>The compiler.</summary>
    [Field(0, Required = true, Always = true)]
    public string Compiler { get; init; } = "";

    /// <summary>Operating system and processor architecture.</summary>
    [Field(0, Required = true, Always = true)]
    public string Platform { get; init; } = "";
}
