using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.VolumeResourceRequirements")]
public sealed partial record VolumeResourceRequirements
{
    /// <summary>Most that may be used, by resource.</summary>
    [Field(1)]
    public ApiMap<Quantity> Limits { get; init; }

    /// <summary>Amounts that are set aside, by resource; the limits when left out.</summary>
    [Field(2)]
    public ApiMap<Quantity> Requests { get; init; }

    internal VolumeResourceRequirements WithDefaults() => this with
    {
        Limits = Limits.WithDefaults(),
        Requests = Requests.WithDefaults(),
    };
}
