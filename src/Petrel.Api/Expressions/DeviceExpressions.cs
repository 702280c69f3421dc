using Petrel.Api.Validation;
using Petrel.Cel;
using Petrel.Cel.Costs;
using Petrel.Cel.Libraries;
using Petrel.Cel.Types;

namespace Petrel.Api.Expressions;

/// <summary>
/// The expressions that select devices. They know one variable, <c>device</c>, whose attributes and capacity are looked up by
/// domain and name: <c>device.attributes["gpu.example.com"].model == "a"</c>.
/// </summary>
public static class DeviceExpressions
{
    private const string Device = "device";

    /// <summary>Longer expressions are not even read.</summary>
    private const int BytesMax = 10 * 1024;

    /// <summary>What one evaluation may cost.</summary>
    private const ulong CostMax = 1_000_000;

    private const string TypeName = "kubernetes.DRADevice";

    private static readonly CelType DeviceType = CelType.Object(TypeName, static name => name switch
    {
        "driver" => CelType.String,
        "attributes" => CelType.Map(CelType.String, CelType.Map(CelType.String, CelType.Dyn)),
        "capacity" => CelType.Map(CelType.String, CelType.Map(CelType.String, QuantityLibrary.Type)),
        _ => null,
    });

    private static readonly CelEnvironment Environment =
        new CelEnvironment([.. KubernetesExpressions.Libraries, BindingsLibrary.Instance, SemverLibrary.Instance]).WithVariable(Device, DeviceType);

    /// <summary>The program of a selector, or why there is none.</summary>
    public static (CelProgram? Program, string Error) Compile(string expression)
    {
        var compilation = Environment.Compile(expression);
        if (compilation.Program is not { } program)
        {
            return (null, "compilation failed: " + compilation.Errors);
        }

        // What an attribute is, only its device tells.
        return program.ResultType.Equals(CelType.Bool) || program.ResultType.Equals(CelType.Dyn)
            ? (program, "")
            : (null, $"must evaluate to bool or the unknown type, not {program.ResultType}");
    }

    internal static void Validate(string expression, FieldPath path, FieldErrors errors)
    {
        if (NameFormats.Bytes(expression) > BytesMax)
        {
            errors.TooLong(path, BytesMax);
            return;
        }

        var (program, error) = Compile(expression);
        if (program is null)
        {
            errors.Invalid(path, expression, error);
        }
        else if (program.EstimateCost(DeviceSizes.Instance).Max > CostMax)
        {
            errors.Forbidden(path, "too complex, exceeds cost limit");
        }
    }

    /// <summary>How large the parts of a device are at most, by the rules for resource slices.</summary>
    private sealed class DeviceSizes : ISizeHints
    {
        private const ulong NamesMax = 32;

        private const ulong DomainMax = 63;

        private const ulong IdentifierMax = 32;

        private const ulong AttributeMax = 64;

        public static DeviceSizes Instance { get; } = new();

        public Bounds? Find(IReadOnlyList<string> path, CelType type)
        {
            ulong? max = path switch
            {
                [Device] => 0,
                [Device, "driver"] => DomainMax,
                [Device, "attributes" or "capacity"] => NamesMax,
                [Device, "attributes" or "capacity", "@keys"] => DomainMax,
                [Device, "attributes" or "capacity", _] => NamesMax,
                [Device, "attributes" or "capacity", _, "@keys"] => IdentifierMax,
                [Device, "attributes", _, _] => AttributeMax,
                [Device, "capacity", _, _] => 0,
                _ => null,
            };
            return max is { } size ? new Bounds(0, size) : null;
        }
    }
}
