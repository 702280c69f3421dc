using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1beta2.OpaqueDeviceConfiguration")]
public sealed partial record OpaqueDeviceConfiguration
{
    /// <summary>The driver that understands the settings, by its domain.</summary>
    [Field(1, Required = true, Always = true)]
    public string Driver { get; init; } = "";

    /// <summary>Any object, best with a kind and a version; at most 10 KiB.</summary>
    [Field(2, Required = true, Always = true)]
    public RawJson Parameters { get; init; } = RawJson.Null;

    private const int ParametersBytesMax = 10 * 1024;

    /// <param name="isOld">The settings are as they were stored.</param>
    internal static void ValidateRequired(OpaqueDeviceConfiguration? configuration, bool isOld, FieldPath path, FieldErrors errors)
    {
        if (configuration is null)
        {
            errors.Required(path);
            return;
        }

        errors.DriverName(path.Child("driver"), configuration.Driver);
        ValidateObject(configuration.Parameters, isOld, path.Child("parameters"), errors);
    }

    /// <summary>Any JSON object that is not too long.</summary>
    internal static void ValidateObject(RawJson json, bool isOld, FieldPath path, FieldErrors errors)
    {
        if (json.IsNull)
        {
            errors.Required(path);
        }
        else if (!isOld && json.Utf8.Length > ParametersBytesMax)
        {
            errors.TooLong(path, ParametersBytesMax);
        }
        else if (json.Utf8[0] != (byte)'{')
        {
            errors.Invalid(path, "<value omitted>", "parameters must be a valid JSON object");
        }
    }
}
