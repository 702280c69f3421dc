using Petrel.Api.Validation;

namespace Petrel.Api.Autoscaling.V2;

/// <summary>The rules of an autoscaler, in the order in which errors are listed.</summary>
internal static class HorizontalPodAutoscalerValidation
{
    private const int WindowSecondsMax = 3600;
    private const int PeriodSecondsMax = 1800;

    /// <param name="minReplicas">The fewest replicas that may be asked for.</param>
    public static void Validate(HorizontalPodAutoscalerSpec spec, int minReplicas, FieldPath path, FieldErrors errors)
    {
        if (spec.MinReplicas < minReplicas)
        {
            errors.Invalid(path.Child("minReplicas"), spec.MinReplicas, $"must be greater than or equal to {minReplicas}");
        }

        errors.Positive(path.Child("maxReplicas"), spec.MaxReplicas);
        if (spec.MaxReplicas < spec.MinReplicas)
        {
            errors.Invalid(path.Child("maxReplicas"), spec.MaxReplicas, "must be greater than or equal to `minReplicas`");
        }

        MetricValidation.ValidateReference(spec.ScaleTargetRef, path.Child("scaleTargetRef"), errors);
        for (var i = 0; i < spec.Metrics.Count; i++)
        {
            MetricValidation.Validate(spec.Metrics[i], path.Child("metrics").Index(i), errors);
        }

        if (spec.MinReplicas == 0 && !spec.Metrics.Any(static metric => metric.Type is "Object" or "External"))
        {
            errors.Forbidden(path.Child("metrics"), "must specify at least one Object or External metric to support scaling to zero replicas");
        }

        ValidateRules(spec.Behavior?.ScaleUp, path.Child("behavior").Child("scaleUp"), errors);
        ValidateRules(spec.Behavior?.ScaleDown, path.Child("behavior").Child("scaleDown"), errors);
    }

    private static void ValidateRules(HPAScalingRules? rules, FieldPath path, FieldErrors errors)
    {
        if (rules is null)
        {
            return;
        }

        if (rules.StabilizationWindowSeconds < 0)
        {
            errors.Invalid(path.Child("stabilizationWindowSeconds"), rules.StabilizationWindowSeconds, "must be greater than or equal to zero");
        }

        if (rules.StabilizationWindowSeconds > WindowSecondsMax)
        {
            errors.Invalid(path.Child("stabilizationWindowSeconds"), rules.StabilizationWindowSeconds, $"must be less than or equal to {WindowSecondsMax}");
        }

        if (rules.SelectPolicy is { } select)
        {
            errors.OneOf(path.Child("selectPolicy"), select, "Disabled", "Max", "Min");
        }

        if (rules.Policies.IsEmpty)
        {
            errors.Required(path.Child("policies"), "must specify at least one Policy");
        }

        for (var i = 0; i < rules.Policies.Count; i++)
        {
            ValidatePolicy(rules.Policies[i], path.Child("policies").Index(i), errors);
        }

        if (rules.Tolerance is { Sign: < 0 } tolerance)
        {
            errors.Invalid(path.Child("tolerance"), tolerance.ToString(), "must be greater than or equal to 0");
        }
    }

    private static void ValidatePolicy(HPAScalingPolicy policy, FieldPath path, FieldErrors errors)
    {
        errors.OneOf(path.Child("type"), policy.Type, "Percent", "Pods");
        if (policy.Value <= 0)
        {
            errors.Invalid(path.Child("value"), policy.Value, "must be greater than zero");
        }

        if (policy.PeriodSeconds <= 0)
        {
            errors.Invalid(path.Child("periodSeconds"), policy.PeriodSeconds, "must be greater than zero");
        }

        if (policy.PeriodSeconds > PeriodSecondsMax)
        {
            errors.Invalid(path.Child("periodSeconds"), policy.PeriodSeconds, $"must be less than or equal to {PeriodSecondsMax}");
        }
    }
}
