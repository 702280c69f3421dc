namespace Petrel.Api.Resources;

/// <summary>A column of the server-side table (meta.k8s.io/v1 TableColumnDefinition).</summary>
/// <param name="Name">Header.</param>
/// <param name="Type">OpenAPI type: string, integer, number, boolean, date.</param>
/// <param name="Format">Type refinement, e.g. <c>name</c> for the identifying column.</param>
/// <param name="Description">Meaning of the column, in the words that clients of Kubernetes see.</param>
/// <param name="Priority">0 is always shown, greater only in wide output.</param>
public sealed record Column(string Name, string Type = "string", string Format = "", string Description = "", int Priority = 0)
{
    /// <summary>The object's name, the first column of almost every kind.</summary>
    public static Column ObjectName { get; } = new("Name", Format: "name", Description:
        "Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client to request the generation of "
        + "an appropriate name automatically. Name is primarily intended for creation idempotence and configuration definition. Cannot be updated. More info: "
        + "https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names");

    /// <summary>Time since the object was created.</summary>
    public static Column Age { get; } = new("Age", Description:
        "CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set in happens-before order "
        + "across separate operations. Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the system. Read-only. "
        + "Null for lists. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata");
}
