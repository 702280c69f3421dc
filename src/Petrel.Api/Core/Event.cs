using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Something that happened to an object. Kept for an hour.</summary>
[ApiType("io.k8s.api.core.v1.Event", RequiresMetadata = true)]
public sealed partial record Event : ApiObject, IResource<Event>, ISelectable, IPrintable, IValidated
{
    public static ResourceInfo Info { get; } = new("", "v1", "Event", "events")
    {
        Columns = EventTable.Columns,
        NameRule = NameRules.PathSegment,
        CreateOnUpdate = true,
        ShortNames = ["ev"],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The object.</summary>
    [Field(2, Required = true, Always = true)]
    public ObjectReference InvolvedObject { get; init; } = ObjectReference.Empty;

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(3)]
    public string Reason { get; init; } = "";

    /// <summary>What happened, for people.</summary>
    [Field(4)]
    public string Message { get; init; } = "";

    /// <summary>Who reports.</summary>
    [Field(5, Always = true)]
    public EventSource Source { get; init; } = EventSource.Empty;

    /// <summary>When it was first seen.</summary>
    [Field(6, Always = true)]
    public DateTimeOffset? FirstTimestamp { get; init; }

    /// <summary>When it was last seen.</summary>
    [Field(7, Always = true)]
    public DateTimeOffset? LastTimestamp { get; init; }

    /// <summary>How often it was seen.</summary>
    [Field(8)]
    public int Count { get; init; }

    /// <summary>Normal or Warning.</summary>
    [Field(9)]
    public string Type { get; init; } = "";

    /// <summary>When it was first seen, in microseconds.</summary>
    [Field(10, Micro = true, Always = true)]
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>Set for something that goes on happening.</summary>
    [Field(11)]
    public EventSeries? Series { get; init; }

    /// <summary>What was done or failed.</summary>
    [Field(12)]
    public string Action { get; init; } = "";

    /// <summary>Another object that is concerned.</summary>
    [Field(13)]
    public ObjectReference? Related { get; init; }

    /// <summary>Controller that reports, e.g. kubernetes.io/kubelet.</summary>
    [Field(14, Always = true)]
    public string ReportingComponent { get; init; } = "";

    /// <summary>Which of several such controllers it is.</summary>
    [Field(15, Always = true)]
    public string ReportingInstance { get; init; } = "";

    public static IReadOnlyList<string> SelectableFields { get; } =
    [
        "involvedObject.kind",
        "involvedObject.namespace",
        "involvedObject.name",
        "involvedObject.uid",
        "involvedObject.apiVersion",
        "involvedObject.resourceVersion",
        "involvedObject.fieldPath",
        "reason",
        "reportingComponent",
        "source",
        "type",
    ];

    /// <inheritdoc/>
    public string FieldValue(string field) => field switch
    {
        "involvedObject.kind" => InvolvedObject.Kind,
        "involvedObject.namespace" => InvolvedObject.Namespace,
        "involvedObject.name" => InvolvedObject.Name,
        "involvedObject.uid" => InvolvedObject.Uid,
        "involvedObject.apiVersion" => InvolvedObject.ApiVersion,
        "involvedObject.resourceVersion" => InvolvedObject.ResourceVersion,
        "involvedObject.fieldPath" => InvolvedObject.FieldPath,
        "reason" => Reason,
        "reportingComponent" => ReportingComponent,
        "source" => Source.Component.Length == 0 ? ReportingComponent : Source.Component,
        "type" => Type,
        _ => "",
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => EventTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => EventValidation.Validate(this, "reportingComponent", errors);
}

[ApiType("io.k8s.api.core.v1.EventSeries")]
public sealed partial record EventSeries
{
    /// <summary>How often it has happened.</summary>
    [Field(1)]
    public int Count { get; init; }

    /// <summary>When it last happened.</summary>
    [Field(2, Micro = true, Always = true)]
    public DateTimeOffset? LastObservedTime { get; init; }
}

[ApiType("io.k8s.api.core.v1.EventSource")]
public sealed partial record EventSource
{
    /// <summary>Component that reports.</summary>
    [Field(1)]
    public string Component { get; init; } = "";

    /// <summary>Node on which the component runs.</summary>
    [Field(2)]
    public string Host { get; init; } = "";
}
