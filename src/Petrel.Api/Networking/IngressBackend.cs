using Petrel.Api.Core;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Networking;

[ApiType("io.k8s.api.networking.v1.IngressBackend")]
public sealed partial record IngressBackend
{
    /// <summary>A port of a service.</summary>
    [Field(4)]
    public IngressServiceBackend? Service { get; init; }

    /// <summary>Another object in the same namespace, instead of a service.</summary>
    [Field(3)]
    public TypedLocalObjectReference? Resource { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        switch (Service, Resource)
        {
            case (not null, not null):
                errors.Invalid(path, "", "cannot set both resource and service backends");
                break;
            case (not null, null):
                Service.Validate(path, errors);
                break;
            case (null, not null):
                ValidateReference(Resource.ApiGroup, Resource.Kind, Resource.Name, path.Child("resource"), errors);
                break;
            default:
                errors.Invalid(path, "", "resource or service backend is required");
                break;
        }
    }

    /// <summary>A reference to an object of any kind.</summary>
    internal static void ValidateReference(string? group, string kind, string name, FieldPath path, FieldErrors errors)
    {
        if (group is not null)
        {
            errors.DnsSubdomain(path.Child("apiGroup"), group);
        }

        if (errors.NotEmpty(path.Child("kind"), kind, "kind is required"))
        {
            errors.InvalidAll(path.Child("kind"), kind, NameRules.PathSegment(kind, isPrefix: false));
        }

        if (errors.NotEmpty(path.Child("name"), name, "name is required"))
        {
            errors.InvalidAll(path.Child("name"), name, NameRules.PathSegment(name, isPrefix: false));
        }
    }
}

[ApiType("io.k8s.api.networking.v1.IngressServiceBackend")]
public sealed partial record IngressServiceBackend
{
    /// <summary>Name of the service, in the namespace of the ingress.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Port of the service.</summary>
    [Field(2, Always = true)]
    public ServiceBackendPort Port { get; init; } = ServiceBackendPort.Empty;

    /// <param name="path">The backend's.</param>
    internal void Validate(FieldPath path, FieldErrors errors)
    {
        var service = path.Child("service");
        if (errors.NotEmpty(service.Child("name"), Name))
        {
            errors.InvalidAll(service.Child("name"), Name, NameFormats.Dns1035Label(Name));
        }

        switch (Port.Name.Length != 0, Port.Number != 0)
        {
            case (true, true):
                errors.Invalid(path, "", "cannot set both port name & port number");
                break;
            case (true, false):
                errors.InvalidAll(service.Child("port", "name"), Port.Name, NameFormats.PortName(Port.Name));
                break;
            case (false, true):
                errors.Port(service.Child("port", "number"), Port.Number);
                break;
            default:
                errors.Required(path, "port name or number is required");
                break;
        }
    }
}

[ApiType("io.k8s.api.networking.v1.ServiceBackendPort", MapType = "atomic")]
public sealed partial record ServiceBackendPort
{
    /// <summary>Name of the port; instead of the number.</summary>
    [Field(1)]
    public string Name { get; init; } = "";

    /// <summary>Number of the port; instead of the name.</summary>
    [Field(2)]
    public int Number { get; init; }
}
