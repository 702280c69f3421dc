namespace Petrel.Api.Schema;

/// <summary>
/// Marks a partial record as a type of the Kubernetes API. The source generator gives it its schema and its JSON and
/// protobuf codecs, so the record is the only place where the type is described.
/// </summary>
/// <param name="name">The OpenAPI definition name, e.g. <c>io.k8s.api.core.v1.ContainerPort</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ApiTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>x-kubernetes-map-type: <c>atomic</c> when appliers own the struct as a whole.</summary>
    public string? MapType { get; init; }

    /// <summary>Kind and <see cref="ApiVersion"/> that a top-level type which is no <see cref="ApiObject"/> starts with (Status, DeleteOptions).</summary>
    public string? Kind { get; init; }

    public string? ApiVersion { get; init; }

    /// <summary>OpenAPI lists metadata under "required" (core Event only).</summary>
    public bool RequiresMetadata { get; init; }

    /// <summary>The type belongs to every group version (DeleteOptions, WatchEvent), which OpenAPI lists one by one.</summary>
    public bool InEveryVersion { get; init; }

    /// <summary>JSON name of the field that says which of the others is set: the type is a union (x-kubernetes-unions).</summary>
    public string? Discriminator { get; init; }
}
