using Petrel.Api.Resources;

namespace Petrel.Api.RuntimeClasses;

/// <summary>A runtime class as a row.</summary>
internal static class RuntimeClassTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Handler", Description:
            "handler specifies the underlying runtime and configuration that the CRI implementation will use to handle pods of this class. The possible values are "
            + "specific to the node & CRI configuration.  It is assumed that all handlers are available on every node, and handlers of the same name are equivalent on "
            + "every node. For example, a handler called \"runc\" might specify that the runc OCI runtime (using native Linux containers) will be used to run the "
            + "containers in a pod. The Handler must be lowercase, conform to the DNS Label (RFC 1123) requirements, and is immutable."),
        Column.Age,
    ];

    public static IReadOnlyList<object?> Cells(RuntimeClass runtime, DateTimeOffset now) =>
        [runtime.Metadata.Name, runtime.Handler, TableText.Age(runtime.Metadata.CreationTimestamp, now)];
}
