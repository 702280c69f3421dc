using Petrel.Api.AdmissionRegistration;
using Petrel.Cel;
using Petrel.Cel.Libraries;
using Petrel.Cel.Types;

namespace Petrel.Api.Expressions;

/// <summary>
/// The expressions of mutations. They make objects: <c>Object{spec: Object.spec{replicas: 3}}</c>, whose types are named after the
/// place where they stand, or operations of a JSON patch: <c>JSONPatch{op: "remove", path: "/spec/x"}</c>.
/// </summary>
public static class MutationExpressions
{
    /// <summary>The type of whole objects; those of their parts have a dot and a path behind it.</summary>
    public const string ObjectType = "Object";

    private static readonly CelType Whole = Part(ObjectType);

    private static readonly IReadOnlyDictionary<string, CelType> OperationFields = new Dictionary<string, CelType>(StringComparer.Ordinal)
    {
        ["op"] = CelType.String,
        ["path"] = CelType.String,
        ["from"] = CelType.String,
        ["value"] = CelType.Dyn,
    };

    private static readonly CelType Operation = CelType.Object("JSONPatch", static name => OperationFields.GetValueOrDefault(name));

    private static readonly IReadOnlyList<CelType> Objects = [Whole];

    private static readonly IReadOnlyList<CelType> Operations = [CelType.List(Operation)];

    /// <summary>The program of a mutation, or why there is none.</summary>
    public static (CelProgram? Program, string Error) Compile(PolicyExpressions expressions, Mutation mutation) => AdmissionExpressions.Compile(
        expressions.Environment.With(JsonPatchLibrary.Instance).WithTypes(FindType), mutation.Expression, mutation.PatchType == Mutation.JsonPatchType ? Operations : Objects);

    // What fields an object has is known only when a request comes.
    private static CelType? FindType(string name) => name switch
    {
        "JSONPatch" => Operation,
        ObjectType => Whole,
        _ => name.StartsWith(ObjectType + ".", StringComparison.Ordinal) ? Part(name) : null,
    };

    private static CelType Part(string name) => CelType.Object(name, static _ => CelType.Dyn);
}
