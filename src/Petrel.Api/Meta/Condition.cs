using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Condition")]
public sealed partial record Condition
{
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    [Field(2, Required = true, Always = true)]
    public string Status { get; init; } = "";

    [Field(3)]
    public long ObservedGeneration { get; init; }

    [Field(4, Required = true, Always = true)]
    public DateTimeOffset? LastTransitionTime { get; init; }

    [Field(5, Required = true, Always = true)]
    public string Reason { get; init; } = "";

    [Field(6, Required = true, Always = true)]
    public string Message { get; init; } = "";
}
