using Petrel.Api.Schema;
using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Paths;

/// <summary>The parameters that operations on resources have in common.</summary>
internal static class QueryParameters
{
    private static readonly Parameter DryRun = Text("dryRun", "\"All\": check and answer as usual, but store nothing.");

    private static readonly Parameter FieldValidation = Text(
        "fieldValidation", "What unknown and duplicate fields of the body lead to: Ignore, Warn (a Warning header; the default) or Strict (an error).");

    private static readonly Parameter Continue = Text("continue", "Continues a list at the token that the page before gave. A token that has become too old is answered with 410.");
    private static readonly Parameter FieldSelector = Text("fieldSelector", "Only objects whose fields match, e.g. metadata.name=x.");
    private static readonly Parameter LabelSelector = Text("labelSelector", "Only objects whose labels match, e.g. app=web,tier in (a,b).");
    private static readonly Parameter Limit = Integer("limit", "At most this many objects; the rest is got with the token in metadata.continue. All pages show the same moment.");
    private static readonly Parameter ResourceVersion = Text("resourceVersion", "Revision that the answer must not be older than, or is to be at; see resourceVersionMatch.");
    private static readonly Parameter ResourceVersionMatch = Text("resourceVersionMatch", "How resourceVersion is meant in lists: NotOlderThan or Exact.");
    private static readonly Parameter SendInitialEvents = Flag(
        "sendInitialEvents", "Start a watch with the objects that there are, as ADDED events, and a BOOKMARK with the annotation k8s.io/initial-events-end. Needs resourceVersionMatch=NotOlderThan.");

    private static readonly Parameter TimeoutSeconds = Integer("timeoutSeconds", "End a list or watch after this many seconds.");

    private static readonly IReadOnlyList<Parameter> Selection = [Continue, FieldSelector, LabelSelector, Limit, ResourceVersion, ResourceVersionMatch, SendInitialEvents, TimeoutSeconds];

    public static Parameter Pretty { get; } = Text("pretty", "\"true\": indent JSON answers.");

    public static Parameter Namespace { get; } = Parameter.InPath("namespace", "Namespace of the object.");

    /// <summary>What may follow a proxy's path.</summary>
    public static Parameter Rest { get; } = Parameter.InPath("path", "Path of the request that is passed on.");

    public static IReadOnlyList<Parameter> Write { get; } =
        [DryRun, Text("fieldManager", "Name of who makes the change, in the records of field ownership; at most 128 printable characters."), FieldValidation];

    public static IReadOnlyList<Parameter> Patch { get; } =
    [
        DryRun,
        Text("fieldManager", "Name of who makes the change, in the records of field ownership; at most 128 printable characters. Apply patches must have it."),
        FieldValidation,
        Flag("force", "Apply patches only: take over fields that others own."),
    ];

    public static IReadOnlyList<Parameter> Delete { get; } =
    [
        DryRun,
        Integer("gracePeriodSeconds", "Seconds that the object has to end by itself; 0 removes it at once. The kind's or object's own period when left out."),
        Flag("ignoreStoreReadErrorWithClusterBreakingPotential", "Remove an object that cannot be read from the store, without regard to finalizers and preconditions."),
        Flag("orphanDependents", "Deprecated form of propagationPolicy: true is Orphan, false Background."),
        Text("propagationPolicy", "What becomes of objects that this one owns: Orphan leaves them, Background deletes them afterwards, Foreground before."),
    ];

    public static IReadOnlyList<Parameter> List { get; } =
    [
        Flag("allowWatchBookmarks", "A watch may send BOOKMARK events, which tell the revision it has come to."),
        .. Selection,
        Flag("watch", "Answer with a stream of changes instead of a list."),
    ];

    public static IReadOnlyList<Parameter> DeleteCollection { get; } = [.. Delete, .. Selection];

    public static Parameter Name(string kind) => Parameter.InPath("name", $"Name of the {kind}.");

    /// <summary>The fields of a type as query parameters. Times have no such form and are left out, as upstream does.</summary>
    public static IEnumerable<Parameter> Of(TypeSchema? options) => options is null ? [] : options.Fields
        .Where(field => field.Kind is not (FieldKind.Time or FieldKind.MicroTime))
        .Select(field => Parameter.InQuery(field.Name, TypeOf(field), field.Description));

    private static string TypeOf(FieldSchema field) => field.Kind switch
    {
        FieldKind.Boolean => "boolean",
        FieldKind.Int32 or FieldKind.Int64 => "integer",
        FieldKind.String => "string",
        _ => throw new InvalidOperationException($"{field.Name} cannot be a query parameter"),
    };

    private static Parameter Text(string name, string description) => Parameter.InQuery(name, "string", description);

    private static Parameter Integer(string name, string description) => Parameter.InQuery(name, "integer", description);

    private static Parameter Flag(string name, string description) => Parameter.InQuery(name, "boolean", description);
}
