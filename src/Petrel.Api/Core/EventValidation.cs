using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>The rules of events: lenient for those of the core group's old form, strict for those that state when they happened.</summary>
internal static class EventValidation
{
    private const int NameMax = 128;

    private const int MessageMax = 1024;

    /// <summary>An event of the core group, or the part of the rules that both groups share.</summary>
    /// <param name="controllerField">What the group calls the reporting controller.</param>
    public static void Validate(Event value, string controllerField, FieldErrors errors)
    {
        var path = FieldPath.Root.Child("involvedObject", "namespace");
        var (own, involved) = (value.Metadata.Namespace, value.InvolvedObject.Namespace);
        var isForCluster = involved.Length == 0 && own is "" or "default";
        if (own != involved && !isForCluster)
        {
            errors.Invalid(path, involved, "does not match event.namespace");
        }

        if (value.EventTime is not null)
        {
            ValidateReporter(value, controllerField, errors);
        }
    }

    /// <summary>An event of events.k8s.io, on create: the fields of the old form stay unset.</summary>
    public static void ValidateNew(Event value, FieldErrors errors)
    {
        Validate(value, "reportingController", errors);
        var root = FieldPath.Root;
        if (value.EventTime is null)
        {
            errors.Required(root.Child("eventTime"));
        }

        if (value.Type is not ("Normal" or "Warning"))
        {
            errors.Invalid(root.Child("type"), "", $"has invalid value: {value.Type}");
        }

        if (value.Series?.Count < 2)
        {
            errors.Invalid(root.Child("series", "count"), "", "should be at least 2");
        }

        foreach (var (isSet, field) in new[]
        {
            (value.FirstTimestamp is not null, "firstTimestamp"),
            (value.LastTimestamp is not null, "lastTimestamp"),
            (value.Count != 0, "count"),
            (value.Source != EventSource.Empty, "source"),
        })
        {
            if (isSet)
            {
                errors.Invalid(root.Child(field), "", "needs to be unset");
            }
        }
    }

    /// <summary>An event of events.k8s.io, on update: only its series goes on. The reason is listed twice, as upstream does.</summary>
    public static void ValidateUpdate(Event value, Event old, FieldErrors errors)
    {
        Validate(value, "reportingController", errors);
        var root = FieldPath.Root;
        if (value.InvolvedObject != old.InvolvedObject)
        {
            errors.Invalid(root.Child("involvedObject"), value.InvolvedObject.GoText, "field is immutable");
        }

        errors.Immutable(root.Child("reason"), value.Reason, old.Reason);
        errors.Immutable(root.Child("message"), value.Message, old.Message);
        if (value.Source != old.Source)
        {
            var text = $"core.EventSource{{Component:{GoSyntax.Quote(value.Source.Component)}, Host:{GoSyntax.Quote(value.Source.Host)}}}";
            errors.Invalid(root.Child("source"), new Verbatim(text), "field is immutable");
        }

        errors.Immutable(root.Child("firstTimestamp"), value.FirstTimestamp, old.FirstTimestamp);
        errors.Immutable(root.Child("lastTimestamp"), value.LastTimestamp, old.LastTimestamp);
        errors.Immutable(root.Child("count"), value.Count, old.Count);
        errors.Immutable(root.Child("reason"), value.Reason, old.Reason);
        errors.Immutable(root.Child("type"), value.Type, old.Type);
        errors.Immutable(root.Child("eventTime"), value.EventTime, old.EventTime);
        errors.Immutable(root.Child("action"), value.Action, old.Action);
        if (value.Related != old.Related)
        {
            errors.Invalid(root.Child("related"), (object?)value.Related?.GoText, "field is immutable");
        }

        errors.Immutable(root.Child("reportingController"), value.ReportingComponent, old.ReportingComponent);
        errors.Immutable(root.Child("reportingInstance"), value.ReportingInstance, old.ReportingInstance);
    }

    private static void ValidateReporter(Event value, string controllerField, FieldErrors errors)
    {
        var root = FieldPath.Root;
        errors.NotEmpty(root.Child(controllerField), value.ReportingComponent);
        errors.QualifiedName(root.Child(controllerField), value.ReportingComponent);
        ValidateText(value.ReportingInstance, NameMax, root.Child("reportingInstance"), errors);
        ValidateText(value.Action, NameMax, root.Child("action"), errors);
        ValidateText(value.Reason, NameMax, root.Child("reason"), errors);
        if (NameFormats.Bytes(value.Message) > MessageMax)
        {
            errors.Invalid(root.Child("message"), "", $"can have at most {MessageMax} characters");
        }
    }

    private static void ValidateText(string text, int max, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path, text);
        if (NameFormats.Bytes(text) > max)
        {
            errors.Invalid(path, "", $"can have at most {max} characters");
        }
    }
}
