using Petrel.Api.Validation;

namespace Petrel.Api.Autoscaling.V2;

/// <summary>The rules of an autoscaler's metrics.</summary>
internal static class MetricValidation
{
    private static readonly string[] Types = ["ContainerResource", "External", "Object", "Pods", "Resource"];

    public static void Validate(MetricSpec metric, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("type"), metric.Type, "must specify a metric source type");
        errors.OneOf(path.Child("type"), metric.Type, Types);

        // Only the first source is looked into.
        (string Name, string Type, Action<FieldPath>? Validate)[] sources =
        [
            ("object", "Object", metric.Object is { } source ? at => ValidateObject(source, at, errors) : null),
            ("external", "External", metric.External is { } external ? at => ValidateExternal(external, at, errors) : null),
            ("pods", "Pods", metric.Pods is { } pods ? at => ValidatePods(pods, at, errors) : null),
            ("resource", "Resource", metric.Resource is { } resource ? at => ValidateResource(resource, at, errors) : null),
            ("containerResource", "ContainerResource", metric.ContainerResource is { } container ? at => ValidateContainer(container, at, errors) : null),
        ];
        var present = sources.Where(static each => each.Validate is not null).ToArray();
        if (present.Length != 0)
        {
            present[0].Validate!(path.Child(present[0].Name));
        }

        var expected = sources.FirstOrDefault(each => each.Type == metric.Type);
        if (expected.Name is null)
        {
            errors.NotSupported(path.Child("type"), metric.Type, Types);
        }
        else if (expected.Validate is null)
        {
            errors.Required(path.Child(expected.Name), "must populate information for the given metric source");
        }

        foreach (var other in present.Length == 1 ? [] : present.Where(each => each.Name != expected.Name))
        {
            errors.Forbidden(path.Child(other.Name), "must populate the given metric source only");
        }
    }

    /// <summary>Kind and name can be parts of a path.</summary>
    public static void ValidateReference(CrossVersionObjectReference reference, FieldPath path, FieldErrors errors)
    {
        ValidateSegment(reference.Kind, "", path.Child("kind"), errors);
        ValidateSegment(reference.Name, "", path.Child("name"), errors);
    }

    private static void ValidateSegment(string text, string required, FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path, text, required))
        {
            errors.InvalidAll(path, text, NameRules.PathSegment(text, isPrefix: false));
        }
    }

    private static void ValidateIdentifier(MetricIdentifier metric, FieldPath path, FieldErrors errors) =>
        ValidateSegment(metric.Name, "must specify a metric name", path.Child("name"), errors);

    private static void ValidateObject(ObjectMetricSource source, FieldPath path, FieldErrors errors)
    {
        ValidateReference(source.DescribedObject, path.Child("describedObject"), errors);
        ValidateIdentifier(source.Metric, path.Child("metric"), errors);
        ValidateTarget(source.Target, path.Child("target"), errors);
        if (source.Target.Value is null && source.Target.AverageValue is null)
        {
            errors.Required(path.Child("target", "averageValue"), "must set either a target value or averageValue");
        }
    }

    private static void ValidateExternal(ExternalMetricSource source, FieldPath path, FieldErrors errors)
    {
        ValidateIdentifier(source.Metric, path.Child("metric"), errors);
        ValidateTarget(source.Target, path.Child("target"), errors);
        switch (source.Target.Value is not null, source.Target.AverageValue is not null)
        {
            case (false, false):
                errors.Required(path.Child("target", "averageValue"), "must set either a target value for metric or a per-pod target");
                break;
            case (true, true):
                errors.Forbidden(path.Child("target", "value"), "may not set both a target value for metric and a per-pod target");
                break;
        }
    }

    private static void ValidatePods(PodsMetricSource source, FieldPath path, FieldErrors errors)
    {
        ValidateIdentifier(source.Metric, path.Child("metric"), errors);
        ValidateTarget(source.Target, path.Child("target"), errors);
        if (source.Target.AverageValue is null)
        {
            errors.Required(path.Child("target", "averageValue"), "must specify a positive target averageValue");
        }
    }

    private static void ValidateResource(ResourceMetricSource source, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("name"), source.Name, "must specify a resource name");
        ValidateResourceTarget(source.Target, path.Child("target"), errors);
    }

    private static void ValidateContainer(ContainerResourceMetricSource source, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("name"), source.Name, "must specify a resource name");
        errors.NotEmpty(path.Child("container"), source.Container, "must specify a container");
        ValidateResourceTarget(source.Target, path.Child("target"), errors);
    }

    private static void ValidateResourceTarget(MetricTarget target, FieldPath path, FieldErrors errors)
    {
        ValidateTarget(target, path, errors);
        switch (target.AverageUtilization is not null, target.AverageValue is not null)
        {
            case (false, false):
                errors.Required(path.Child("averageUtilization"), "must set either a target raw value or a target utilization");
                break;
            case (true, true):
                errors.Forbidden(path.Child("averageValue"), "may not set both a target raw value and a target utilization");
                break;
        }
    }

    private static void ValidateTarget(MetricTarget target, FieldPath path, FieldErrors errors)
    {
        errors.NotEmpty(path.Child("type"), target.Type, "must specify a metric target type");
        if (target.Type is not ("Utilization" or "Value" or "AverageValue"))
        {
            errors.Invalid(path.Child("type"), target.Type, "must be either Utilization, Value, or AverageValue");
        }

        foreach (var (amount, field) in new[] { (target.Value, "value"), (target.AverageValue, "averageValue") })
        {
            if (amount is { Sign: <= 0 } value)
            {
                errors.Invalid(path.Child(field), GoSyntax.Quantity(value), "must be positive");
            }
        }

        if (target.AverageUtilization < 1)
        {
            errors.Invalid(path.Child("averageUtilization"), target.AverageUtilization, "must be greater than 0");
        }
    }
}
