using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Events;

/// <summary>Something that happened to an object. Kept for an hour.</summary>
[ApiType("io.k8s.api.events.v1.Event")]
public sealed partial record Event : ApiObject, IResource<Event>, IConverted<Event, Core.Event>, ISelectable, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("events.k8s.io", "v1", "Event", "events")
    {
        Columns = EventTable.Columns,
        CreateOnUpdate = true,
        ShortNames = ["ev"],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>When it was first seen.</summary>
    [Field(2, Required = true, Micro = true, Always = true)]
    public DateTimeOffset? EventTime { get; init; }

    /// <summary>Set for something that goes on happening.</summary>
    [Field(3)]
    public EventSeries? Series { get; init; }

    /// <summary>Controller that reports, e.g. kubernetes.io/kubelet.</summary>
    [Field(4)]
    public string ReportingController { get; init; } = "";

    /// <summary>Which of several such controllers it is.</summary>
    [Field(5)]
    public string ReportingInstance { get; init; } = "";

    /// <summary>What was done or failed.</summary>
    [Field(6)]
    public string Action { get; init; } = "";

    /// <summary>One word in CamelCase that says why, for programs.</summary>
    [Field(7)]
    public string Reason { get; init; } = "";

    /// <summary>The object.</summary>
    [Field(8, Always = true)]
    public ObjectReference Regarding { get; init; } = ObjectReference.Empty;

    /// <summary>Another object that is concerned.</summary>
    [Field(9)]
    public ObjectReference? Related { get; init; }

    /// <summary>What happened, for people; at most 1 KB.</summary>
    [Field(10)]
    public string Note { get; init; } = "";

    /// <summary>Normal or Warning.</summary>
    [Field(11)]
    public string Type { get; init; } = "";

    /// <summary>Who reports, as the core kind has it.</summary>
    [Field(12, Always = true)]
    public EventSource DeprecatedSource { get; init; } = EventSource.Empty;

    /// <summary>When it was first seen, as the core kind has it.</summary>
    [Field(13, Always = true)]
    public DateTimeOffset? DeprecatedFirstTimestamp { get; init; }

    /// <summary>When it was last seen, as the core kind has it.</summary>
    [Field(14, Always = true)]
    public DateTimeOffset? DeprecatedLastTimestamp { get; init; }

    /// <summary>How often it was seen, as the core kind has it.</summary>
    [Field(15)]
    public int DeprecatedCount { get; init; }

    public static IReadOnlyList<string> SelectableFields { get; } =
    [
        "reason",
        "regarding.kind",
        "regarding.namespace",
        "regarding.name",
        "regarding.uid",
        "regarding.apiVersion",
        "regarding.resourceVersion",
        "regarding.fieldPath",
        "reportingController",
        "type",
    ];

    /// <inheritdoc/>
    public string FieldValue(string field) => field switch
    {
        "reason" => Reason,
        "regarding.kind" => Regarding.Kind,
        "regarding.namespace" => Regarding.Namespace,
        "regarding.name" => Regarding.Name,
        "regarding.uid" => Regarding.Uid,
        "regarding.apiVersion" => Regarding.ApiVersion,
        "regarding.resourceVersion" => Regarding.ResourceVersion,
        "regarding.fieldPath" => Regarding.FieldPath,
        "reportingController" => ReportingController,
        "type" => Type,
        _ => "",
    };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => EventTable.Cells(ToCore(), now);

    /// <summary>The same event as the core group has it: both groups serve the same stored objects.</summary>
    public Core.Event ToCore() => new()
    {
        Metadata = Metadata,
        InvolvedObject = Regarding,
        Reason = Reason,
        Message = Note,
        Source = DeprecatedSource,
        FirstTimestamp = DeprecatedFirstTimestamp,
        LastTimestamp = DeprecatedLastTimestamp,
        Count = DeprecatedCount,
        Type = Type,
        EventTime = EventTime,
        Series = Series is null ? null : new Core.EventSeries { Count = Series.Count, LastObservedTime = Series.LastObservedTime },
        Action = Action,
        Related = Related,
        ReportingComponent = ReportingController,
        ReportingInstance = ReportingInstance,
    };

    /// <inheritdoc/>
    public static Event FromStorage(Core.Event stored) => FromCore(stored);

    /// <inheritdoc/>
    public Core.Event ToStorage() => ToCore();

    public static Event FromCore(Core.Event value) => new()
    {
        Metadata = value.Metadata,
        EventTime = value.EventTime,
        Series = value.Series is null ? null : new EventSeries { Count = value.Series.Count, LastObservedTime = value.Series.LastObservedTime },
        ReportingController = value.ReportingComponent,
        ReportingInstance = value.ReportingInstance,
        Action = value.Action,
        Reason = value.Reason,
        Regarding = value.InvolvedObject,
        Related = value.Related,
        Note = value.Message,
        Type = value.Type,
        DeprecatedSource = value.Source,
        DeprecatedFirstTimestamp = value.FirstTimestamp,
        DeprecatedLastTimestamp = value.LastTimestamp,
        DeprecatedCount = value.Count,
    };

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => EventValidation.ValidateNew(ToCore(), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => EventValidation.ValidateUpdate(ToCore(), ((Event)old).ToCore(), errors);
}

[ApiType("io.k8s.api.events.v1.EventSeries")]
public sealed partial record EventSeries
{
    /// <summary>How often it has happened.</summary>
    [Field(1, Required = true, Always = true)]
    public int Count { get; init; }

    /// <summary>When it last happened.</summary>
    [Field(2, Required = true, Micro = true, Always = true)]
    public DateTimeOffset? LastObservedTime { get; init; }
}
