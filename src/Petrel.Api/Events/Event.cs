using Petrel.Api.Core;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Events;

[ApiType("io.k8s.api.events.v1.Event")]
public sealed partial record Event : ApiObject, IResource<Event>, ISelectable, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("events.k8s.io", "v1", "Event", "events")
    {
        Columns = EventTable.Columns,
        CreateOnUpdate = true,
        ShortNames = ["ev"],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    [Field(2, Required = true, Micro = true, Always = true)]
    public DateTimeOffset? EventTime { get; init; }

    [Field(3)]
    public EventSeries? Series { get; init; }

    [Field(4)]
    public string ReportingController { get; init; } = "";

    [Field(5)]
    public string ReportingInstance { get; init; } = "";

    [Field(6)]
    public string Action { get; init; } = "";

    [Field(7)]
    public string Reason { get; init; } = "";

    [Field(8, Always = true)]
    public ObjectReference Regarding { get; init; } = ObjectReference.Empty;

    [Field(9)]
    public ObjectReference? Related { get; init; }

    [Field(10)]
    public string Note { get; init; } = "";

    [Field(11)]
    public string Type { get; init; } = "";

    [Field(12, Always = true)]
    public EventSource DeprecatedSource { get; init; } = EventSource.Empty;

    [Field(13, Always = true)]
    public DateTimeOffset? DeprecatedFirstTimestamp { get; init; }

    [Field(14, Always = true)]
    public DateTimeOffset? DeprecatedLastTimestamp { get; init; }

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
    [Field(1, Required = true, Always = true)]
    public int Count { get; init; }

    [Field(2, Required = true, Micro = true, Always = true)]
    public DateTimeOffset? LastObservedTime { get; init; }
}
