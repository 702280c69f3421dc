using Petrel.Api.Expressions;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.DynamicResources;

[ApiType("io.k8s.api.resource.v1beta2.DeviceSelector")]
public sealed partial record DeviceSelector
{
    private const int CountMax = 32;

    /// <summary>The condition as an expression.</summary>
    [Field(1)]
    public CELDeviceSelector? Cel { get; init; }

    internal static void ValidateAll(ApiList<DeviceSelector> selectors, FieldPath path, FieldErrors errors) =>
        DeviceRules.List(selectors, CountMax, static (selector, place, found) => selector.Validate(place, found), path, errors);

    private void Validate(FieldPath path, FieldErrors errors)
    {
        if (Cel is null)
        {
            errors.Required(path.Child("cel"));
        }
        else
        {
            DeviceExpressions.Validate(Cel.Expression, path.Child("cel", "expression"), errors);
        }
    }
}

[ApiType("io.k8s.api.resource.v1beta2.CELDeviceSelector")]
public sealed partial record CELDeviceSelector
{
    /// <summary>True for devices that may be taken. The variable is <c>device</c>, with driver, attributes and capacity.</summary>
    [Field(1, Required = true, Always = true)]
    public string Expression { get; init; } = "";
}
