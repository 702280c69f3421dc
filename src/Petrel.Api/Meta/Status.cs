using Petrel.Api.Schema;

namespace Petrel.Api.Meta;

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.Status", Kind = "Status", ApiVersion = "v1")]
public sealed partial record Status
{
    [Field(1, Always = true)]
    public ListMeta Metadata { get; init; } = ListMeta.Empty;

    [Field(2, Json = "status")]
    public string StatusValue { get; init; } = "";

    [Field(3)]
    public string Message { get; init; } = "";

    [Field(4)]
    public string Reason { get; init; } = "";

    [Field(5, ListType = "atomic")]
    public StatusDetails? Details { get; init; }

    [Field(6)]
    public int Code { get; init; }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta")]
public sealed partial record ListMeta
{
    [Field(1)]
    public string SelfLink { get; init; } = "";

    [Field(2)]
    public string ResourceVersion { get; init; } = "";

    [Field(3)]
    public string Continue { get; init; } = "";

    [Field(4)]
    public long? RemainingItemCount { get; init; }
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.StatusCause")]
public sealed partial record StatusCause
{
    [Field(1)]
    public string Reason { get; init; } = "";

    [Field(2)]
    public string Message { get; init; } = "";

    [Field(3)]
    public string Field { get; init; } = "";
}

[ApiType("io.k8s.apimachinery.pkg.apis.meta.v1.StatusDetails")]
public sealed partial record StatusDetails
{
    [Field(1)]
    public string Name { get; init; } = "";

    [Field(2)]
    public string Group { get; init; } = "";

    [Field(3)]
    public string Kind { get; init; } = "";

    [Field(6)]
    public string Uid { get; init; } = "";

    [Field(4, ListType = "atomic")]
    public ApiList<StatusCause> Causes { get; init; }

    [Field(5)]
    public int RetryAfterSeconds { get; init; }
}
