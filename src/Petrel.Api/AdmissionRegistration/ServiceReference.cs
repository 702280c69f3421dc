using Petrel.Api.Schema;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>A service behind which a webhook answers.</summary>
[ApiType("io.k8s.api.admissionregistration.v1.ServiceReference")]
public sealed partial record ServiceReference
{
    /// <summary>The port of a reference that names none.</summary>
    internal const int DefaultPort = 443;

    /// <summary>Namespace of the service.</summary>
    [Field(1, Required = true, Always = true)]
    public string Namespace { get; init; } = "";

    /// <summary>Name of the service.</summary>
    [Field(2, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Path that is posted to.</summary>
    [Field(3)]
    public string? Path { get; init; }

    /// <summary>Port of the service; 443 when left out.</summary>
    [Field(4)]
    public int? Port { get; init; }
}
