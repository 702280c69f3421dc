using System.Globalization;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Rules of limit ranges: names of resources, and the order least, default request, default limit, most.</summary>
internal static class LimitRangeValidation
{
    private static readonly string[] Types = ["Pod", "Container", "PersistentVolumeClaim"];

    public static void Validate(LimitRangeSpec spec, FieldPath path, FieldErrors errors)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Limits.Count; i++)
        {
            var (item, at) = (spec.Limits[i], path.Index(i));
            ValidateType(item.Type, at.Child("type"), errors);
            if (!types.Add(item.Type))
            {
                errors.Duplicate(at.Child("type"), item.Type);
            }

            ValidateNames(item, at, errors);
            var names = item.Max.Keys.Concat(item.Min.Keys).Concat(item.MaxLimitRequestRatio.Keys);
            foreach (var name in (item.Type == "Pod" ? names : names.Concat(item.Default.Keys).Concat(item.DefaultRequest.Keys)).Distinct().Order(StringComparer.Ordinal))
            {
                ValidateResource(item, name, at, errors);
            }
        }
    }

    private static void ValidateType(string type, FieldPath path, FieldErrors errors)
    {
        var problems = NameFormats.QualifiedName(type).ToArray();
        errors.InvalidAll(path, type, problems);
        if (problems.Length == 0 && !type.Contains('/', StringComparison.Ordinal) && !Types.Contains(type))
        {
            errors.Invalid(path, type, "must be a standard limit type or fully qualified");
        }
    }

    private static void ValidateNames(LimitRangeItem item, FieldPath path, FieldErrors errors)
    {
        void Check(ApiMap<Quantity> amounts, string field)
        {
            foreach (var (name, _) in amounts)
            {
                if (item.Type is "Pod" or "Container")
                {
                    ResourceNames.ValidateForContainer(name, path.Child(field).Key(name), errors);
                }
                else
                {
                    ResourceNames.Validate(name, path.Child(field).Key(name), errors);
                }
            }
        }

        Check(item.Max, "max");
        Check(item.Min, "min");
        if (item.Type == "Pod")
        {
            foreach (var (amounts, field) in new[] { (item.Default, "default"), (item.DefaultRequest, "defaultRequest") })
            {
                if (!amounts.IsEmpty)
                {
                    errors.Forbidden(path.Child(field), "may not be specified when `type` is 'Pod'");
                }
            }
        }
        else
        {
            Check(item.Default, "default");
            Check(item.DefaultRequest, "defaultRequest");
        }

        if (item.Type == "PersistentVolumeClaim" && !item.Min.ContainsKey("storage") && !item.Max.ContainsKey("storage"))
        {
            errors.Required(path.Child("limits"), "either minimum or maximum storage value is required, but neither was provided");
        }

        Check(item.MaxLimitRequestRatio, "maxLimitRequestRatio");
    }

    private static void ValidateResource(LimitRangeItem item, string name, FieldPath path, FieldErrors errors)
    {
        Quantity? Of(ApiMap<Quantity> amounts) => amounts.TryGetValue(name, out var amount) ? amount : null;
        void Invalid(string field, Quantity value, string detail) => errors.Invalid(path.Child(field).Key(name), GoSyntax.Quantity(value), detail);

        var (min, max, ratio) = (Of(item.Min), Of(item.Max), Of(item.MaxLimitRequestRatio));
        var (limit, request) = item.Type == "Pod" ? (null, null) : (Of(item.Default), Of(item.DefaultRequest));
        if (min > max)
        {
            Invalid("min", min.Value, $"min value {min} is greater than max value {max}");
        }

        if (min > request)
        {
            Invalid("defaultRequest", request.Value, $"min value {min} is greater than default request value {request}");
        }

        if (request > max)
        {
            Invalid("defaultRequest", request.Value, $"default request value {request} is greater than max value {max}");
        }

        if (request > limit)
        {
            Invalid("defaultRequest", request.Value, $"default request value {request} is greater than default limit value {limit}");
        }

        if (min > limit)
        {
            Invalid("default", min.Value, $"min value {min} is greater than default value {limit}");
        }

        if (limit > max)
        {
            Invalid("default", max.Value, $"default value {limit} is greater than max value {max}");
        }

        if (ratio < new Quantity(1))
        {
            Invalid("maxLimitRequestRatio", ratio.Value, $"ratio {ratio} is less than 1");
        }

        if (ratio is { } times && min is { } least && max is { } most && most.ToDouble() / least.ToDouble() is var possible && times.ToDouble() > possible)
        {
            Invalid("maxLimitRequestRatio", times, string.Create(CultureInfo.InvariantCulture, $"ratio {times} is greater than max/min = {possible:F6}"));
        }

        if (limit is not null && request is not null && limit.Value != request.Value && !ResourceNames.IsOvercommitAllowed(name))
        {
            Invalid("defaultRequest", request.Value, $"default value {limit} must equal to defaultRequest value {request} in {name}");
        }
    }
}
