using Petrel.Api.Meta;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1beta2.AllocatedDeviceStatus")]
public sealed partial record AllocatedDeviceStatus
{
    private const int ConditionsMax = 8;

    /// <summary>The driver of the device, by its domain.</summary>
    [Field(1, Required = true, Always = true)]
    public string Driver { get; init; } = "";

    /// <summary>The pool of the device.</summary>
    [Field(2, Required = true, Always = true)]
    public string Pool { get; init; } = "";

    /// <summary>Name of the device in its pool.</summary>
    [Field(3, Required = true, Always = true)]
    public string Device { get; init; } = "";

    /// <summary>What is so, in the words of the driver; at most 8.</summary>
    [Field(4, ListType = "map", MapKeys = "type")]
    public ApiList<Condition> Conditions { get; init; }

    /// <summary>Any object of the driver; at most 10 KiB.</summary>
    [Field(5)]
    public RawJson? Data { get; init; }

    /// <summary>What is known of the device in the network.</summary>
    [Field(6)]
    public NetworkDeviceData? NetworkData { get; init; }

    /// <summary>What tells the device from all others.</summary>
    internal string Id => $"{Driver}/{Pool}/{Device}";

    /// <param name="allocated">Identities of the devices that the claim has.</param>
    internal void Validate(HashSet<string> allocated, FieldPath path, FieldErrors errors)
    {
        errors.DriverName(path.Child("driver"), Driver);
        DeviceRules.PoolName(Pool, path.Child("pool"), errors);
        errors.DnsLabel(path.Child("device"), Device);
        if (!allocated.Contains(Id))
        {
            errors.Invalid(path, new Verbatim(Id), "must be an allocated device in the claim");
        }

        if (Conditions.Count > ConditionsMax)
        {
            errors.TooMany(path.Child("conditions"), Conditions.Count, ConditionsMax);
        }

        Condition.ValidateAll(Conditions, path.Child("conditions"), errors);
        if (Data is { IsNull: false })
        {
            OpaqueDeviceConfiguration.ValidateObject(Data, isOld: false, path.Child("data"), errors);
        }

        NetworkData?.Validate(path.Child("networkData"), errors);
    }
}

[ApiType("io.k8s.api.resource.v1beta2.NetworkDeviceData")]
public sealed partial record NetworkDeviceData
{
    private const int NameBytesMax = 256;

    private const int HardwareAddressBytesMax = 128;

    private const int AddressesMax = 16;

    /// <summary>Name of the interface as the pod sees it.</summary>
    [Field(1)]
    public string InterfaceName { get; init; } = "";

    /// <summary>Addresses of the interface with the length of their networks, e.g. 192.0.2.5/24.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<string> Ips { get; init; }

    /// <summary>Hardware address of the interface.</summary>
    [Field(3)]
    public string HardwareAddress { get; init; } = "";

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (NameFormats.Bytes(InterfaceName) > NameBytesMax)
        {
            errors.TooLong(path.Child("interfaceName"), NameBytesMax);
        }

        if (NameFormats.Bytes(HardwareAddress) > HardwareAddressBytesMax)
        {
            errors.TooLong(path.Child("hardwareAddress"), HardwareAddressBytesMax);
        }

        DeviceRules.Set(
            Ips, AddressesMax, static (address, place, found) => found.InvalidAll(place, address, AddressFormats.InterfaceAddress(address)), static address => address, "", path.Child("ips"), errors);
    }
}
