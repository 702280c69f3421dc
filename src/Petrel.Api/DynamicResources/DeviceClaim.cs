using Petrel.Api.Features;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1beta2.DeviceClaim")]
public sealed partial record DeviceClaim
{
    private const int ConstraintsMax = 32;

    /// <summary>What is asked for; all of it, or nothing is allocated.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<DeviceRequest> Requests { get; init; }

    /// <summary>What the devices must have in common.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<DeviceConstraint> Constraints { get; init; }

    /// <summary>Settings that drivers get for the devices.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<DeviceClaimConfiguration> Config { get; init; }

    internal DeviceClaim WithDefaults() => this with { Requests = Requests.ConvertAll(static request => request.WithDefaults()) };

    /// <summary>Names of requests, and of their alternatives with the request's before them.</summary>
    internal IReadOnlySet<string> RequestNames()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var request in Requests)
        {
            names.Add(request.Name);
            foreach (var alternative in request.FirstAvailable)
            {
                names.Add($"{request.Name}/{alternative.Name}");
            }
        }

        return names;
    }

    internal bool UsesAlternatives => Requests.Any(static request => !request.FirstAvailable.IsEmpty);

    internal bool UsesAdminAccess => Requests.Any(static request => request.Exactly?.AdminAccess is not null);

    /// <summary>Without the fields of features that are off and not used before.</summary>
    internal DeviceClaim WithoutDisabled(bool keepsAlternatives, bool keepsAdminAccess)
    {
        var requests = Requests;
        if (!keepsAlternatives && !FeatureGates.IsOn(KnownFeatures.DRAPrioritizedList))
        {
            requests = requests.ConvertAll(static request => request with { FirstAvailable = default });
        }

        if (!keepsAdminAccess && !FeatureGates.IsOn(KnownFeatures.DRAAdminAccess))
        {
            requests = requests.ConvertAll(static request => request.Exactly is null ? request : request with { Exactly = request.Exactly with { AdminAccess = null } });
        }

        return this with { Requests = requests };
    }

    /// <param name="isOld">The claim is as it was stored.</param>
    internal void Validate(bool isOld, FieldPath path, FieldErrors errors)
    {
        var names = RequestNames();
        DeviceRules.Set(
            Requests, DeviceRules.RequestsMax, static (request, place, found) => request.Validate(place, found), static request => request.Name, "name", path.Child("requests"), errors);
        DeviceRules.List(Constraints, ConstraintsMax, (constraint, place, found) => constraint.Validate(names, place, found), path.Child("constraints"), errors);
        DeviceRules.List(Config, DeviceRules.ConfigurationsMax, (config, place, found) => config.Validate(names, isOld, place, found), path.Child("config"), errors);
    }

    /// <summary>As errors show it.</summary>
    internal string GoText()
    {
        var requests = Requests.Select(static request => $"resource.DeviceRequest{{Name:{GoSyntax.Quote(request.Name)}, Exactly:{GoSyntax.Pointer("resource.ExactDeviceRequest", request.Exactly)}, "
            + $"FirstAvailable:{ListText("DeviceSubRequest", request.FirstAvailable.Select(static alternative => alternative.GoText()), request.FirstAvailable.IsNil)}}}");
        var constraints = Constraints.Select(static constraint =>
            $"resource.DeviceConstraint{{Requests:{GoSyntax.Strings(constraint.Requests)}, MatchAttribute:{GoSyntax.Pointer("resource.FullyQualifiedName", constraint.MatchAttribute)}}}");
        var config = Config.Select(static config => $"resource.DeviceClaimConfiguration{{Requests:{GoSyntax.Strings(config.Requests)}, "
            + $"DeviceConfiguration:resource.DeviceConfiguration{{Opaque:{GoSyntax.Pointer("resource.OpaqueDeviceConfiguration", config.Opaque)}}}}}");
        return $"resource.DeviceClaim{{Requests:{ListText("DeviceRequest", requests, Requests.IsNil)}, Constraints:{ListText("DeviceConstraint", constraints, Constraints.IsNil)}, "
            + $"Config:{ListText("DeviceClaimConfiguration", config, Config.IsNil)}}}";
    }

    internal static string ListText(string type, IEnumerable<string> items, bool isNil) =>
        isNil ? $"[]resource.{type}(nil)" : $"[]resource.{type}{{{string.Join(", ", items)}}}";
}

[ApiType("io.k8s.api.resource.v1beta2.DeviceConstraint")]
public sealed partial record DeviceConstraint
{
    /// <summary>The requests that it is about; all of them when empty.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<string> Requests { get; init; }

    /// <summary>An attribute that must be the same for all devices, with its domain.</summary>
    [Field(2)]
    public string? MatchAttribute { get; init; }

    internal void Validate(IReadOnlySet<string> requests, FieldPath path, FieldErrors errors)
    {
        DeviceRules.RequestReferences(Requests, requests, path.Child("requests"), errors);
        if (MatchAttribute is null)
        {
            errors.Required(path.Child("matchAttribute"));
        }
        else
        {
            DeviceRules.FullyQualifiedName(MatchAttribute, path.Child("matchAttribute"), errors);
        }
    }
}

[ApiType("io.k8s.api.resource.v1beta2.DeviceClaimConfiguration")]
public sealed partial record DeviceClaimConfiguration
{
    /// <summary>The requests for whose devices it is; all of them when empty.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<string> Requests { get; init; }

    /// <summary>Settings in the words of a driver.</summary>
    [Field(1, Inside = 2)]
    public OpaqueDeviceConfiguration? Opaque { get; init; }

    internal void Validate(IReadOnlySet<string> requests, bool isOld, FieldPath path, FieldErrors errors)
    {
        DeviceRules.RequestReferences(Requests, requests, path.Child("requests"), errors);
        OpaqueDeviceConfiguration.ValidateRequired(Opaque, isOld, path.Child("opaque"), errors);
    }
}
