using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1beta2.DeviceAllocationResult")]
public sealed partial record DeviceAllocationResult
{
    private const int ResultsMax = 32;

    /// <summary>The devices, one by one.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<DeviceRequestAllocationResult> Results { get; init; }

    /// <summary>Settings from the class and from the claim, for drivers.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<DeviceAllocationConfiguration> Config { get; init; }

    internal void Validate(IReadOnlySet<string> requests, FieldPath path, FieldErrors errors)
    {
        DeviceRules.List(Results, ResultsMax, (result, place, found) => result.Validate(requests, place, found), path.Child("results"), errors);

        // Those of the class and those of the claim.
        DeviceRules.List(Config, 2 * DeviceRules.ConfigurationsMax, (config, place, found) => config.Validate(requests, place, found), path.Child("config"), errors);
    }

    /// <summary>As errors show it.</summary>
    internal string GoText()
    {
        var results = Results.Select(static result => $"resource.DeviceRequestAllocationResult{{Request:{GoSyntax.Quote(result.Request)}, Driver:{GoSyntax.Quote(result.Driver)}, "
            + $"Pool:{GoSyntax.Quote(result.Pool)}, Device:{GoSyntax.Quote(result.Device)}, AdminAccess:{GoSyntax.Pointer("bool", result.AdminAccess)}, Tolerations:[]resource.DeviceToleration(nil)}}");
        var config = Config.Select(static config => $"resource.DeviceAllocationConfiguration{{Source:{GoSyntax.Quote(config.Source)}, Requests:{GoSyntax.Strings(config.Requests)}, "
            + $"DeviceConfiguration:resource.DeviceConfiguration{{Opaque:{GoSyntax.Pointer("resource.OpaqueDeviceConfiguration", config.Opaque)}}}}}");
        return $"resource.DeviceAllocationResult{{Results:{DeviceClaim.ListText("DeviceRequestAllocationResult", results, Results.IsNil)}, "
            + $"Config:{DeviceClaim.ListText("DeviceAllocationConfiguration", config, Config.IsNil)}}}";
    }
}

[ApiType("io.k8s.api.resource.v1beta2.DeviceRequestAllocationResult")]
public sealed partial record DeviceRequestAllocationResult
{
    /// <summary>The request, or REQUEST/SUBREQUEST, that the device is for.</summary>
    [Field(1, Required = true, Always = true)]
    public string Request { get; init; } = "";

    /// <summary>The driver of the device, by its domain.</summary>
    [Field(2, Required = true, Always = true)]
    public string Driver { get; init; } = "";

    /// <summary>The pool of the device.</summary>
    [Field(3, Required = true, Always = true)]
    public string Pool { get; init; } = "";

    /// <summary>Name of the device in its pool.</summary>
    [Field(4, Required = true, Always = true)]
    public string Device { get; init; } = "";

    /// <summary>The device is only looked at, and may be in use.</summary>
    [Field(5)]
    public bool? AdminAccess { get; init; }

    /// <summary>The request's tolerations when it was allocated.</summary>
    [Field(6, ListType = "atomic")]
    public ApiList<DeviceToleration> Tolerations { get; init; }

    /// <summary>What tells the device from all others.</summary>
    internal string Id => $"{Driver}/{Pool}/{Device}";

    internal void Validate(IReadOnlySet<string> requests, FieldPath path, FieldErrors errors)
    {
        DeviceRules.RequestReference(Request, requests, path.Child("request"), errors);
        errors.DriverName(path.Child("driver"), Driver);
        DeviceRules.PoolName(Pool, path.Child("pool"), errors);
        errors.DnsLabel(path.Child("device"), Device);
    }
}

[ApiType("io.k8s.api.resource.v1beta2.DeviceAllocationConfiguration")]
public sealed partial record DeviceAllocationConfiguration
{
    /// <summary>FromClass or FromClaim.</summary>
    [Field(1, Required = true, Always = true)]
    public string Source { get; init; } = "";

    /// <summary>The requests for whose devices it is; all of them when empty.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<string> Requests { get; init; }

    /// <summary>Settings in the words of a driver.</summary>
    [Field(1, Inside = 3)]
    public OpaqueDeviceConfiguration? Opaque { get; init; }

    internal void Validate(IReadOnlySet<string> requests, FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("source"), Source))
        {
            errors.OneOf(path.Child("source"), Source, "FromClaim", "FromClass");
        }

        DeviceRules.RequestReferences(Requests, requests, path.Child("requests"), errors);
        OpaqueDeviceConfiguration.ValidateRequired(Opaque, isOld: false, path.Child("opaque"), errors);
    }
}
