using Petrel.Api.Validation;
using Petrel.Cel;
using Petrel.Cel.Libraries;
using Petrel.Cel.Types;

namespace Petrel.Api.Expressions;

/// <summary>The variables that expressions of webhooks and admission policies have, and how such expressions are compiled.</summary>
public static class AdmissionExpressions
{
    /// <summary>The type of object, oldObject and params: what they are is known only when a request comes.</summary>
    private static readonly CelType Untyped = CelType.Dyn;

    private static readonly CelType StringList = CelType.List(CelType.String);
    private static readonly CelType StringMap = CelType.Map(CelType.String, CelType.String);

    private static readonly CelType KindType = ObjectOf("kubernetes.GroupVersionKind", ("group", CelType.String), ("version", CelType.String), ("kind", CelType.String));
    private static readonly CelType ResourceType = ObjectOf("kubernetes.GroupVersionResource", ("group", CelType.String), ("version", CelType.String), ("resource", CelType.String));

    private static readonly CelType UserType = ObjectOf(
        "kubernetes.UserInfo", ("username", CelType.String), ("uid", CelType.String), ("groups", StringList), ("extra", CelType.Map(CelType.String, StringList)));

    private static readonly CelType RequestType = ObjectOf(
        "kubernetes.AdmissionRequest",
        ("kind", KindType),
        ("resource", ResourceType),
        ("subResource", CelType.String),
        ("requestKind", KindType),
        ("requestResource", ResourceType),
        ("requestSubResource", CelType.String),
        ("name", CelType.String),
        ("namespace", CelType.String),
        ("operation", CelType.String),
        ("userInfo", UserType),
        ("dryRun", CelType.Bool),
        ("options", CelType.Dyn));

    private static readonly CelType NamespaceType = ObjectOf(
        "kubernetes.Namespace",
        ("metadata", ObjectOf(
            "kubernetes.NamespaceMetadata",
            ("name", CelType.String),
            ("generateName", CelType.String),
            ("namespace", CelType.String),
            ("labels", StringMap),
            ("annotations", StringMap),
            ("UID", CelType.String),
            ("creationTimestamp", CelType.Timestamp),
            ("deletionGracePeriodSeconds", CelType.Int),
            ("deletionTimestamp", CelType.Timestamp),
            ("generation", CelType.Int),
            ("resourceVersion", CelType.String),
            ("finalizers", StringList))),
        ("spec", ObjectOf("kubernetes.NamespaceSpec", ("finalizers", StringList))),
        ("status", ObjectOf("kubernetes.NamespaceStatus", ("phase", CelType.String))));

    private static readonly CelEnvironment Basic = KubernetesExpressions.Environment
        .WithVariable("object", Untyped)
        .WithVariable("oldObject", Untyped)
        .WithVariable("request", RequestType)
        .WithVariable("namespaceObject", NamespaceType);

    private static readonly CelEnvironment[] Environments = [.. Enumerable.Range(0, 4).Select(static flags => Make((flags & 1) != 0, (flags & 2) != 0))];

    internal static IReadOnlyList<CelType> Bool { get; } = [CelType.Bool];

    internal static IReadOnlyList<CelType> String { get; } = [CelType.String];

    internal static IReadOnlyList<CelType> StringOrNull { get; } = [CelType.String, CelType.Null];

    /// <summary>object, oldObject, request, namespaceObject, and what else is there.</summary>
    public static CelEnvironment Environment(bool hasParams, bool hasAuthorizer) => Environments[(hasParams ? 1 : 0) | (hasAuthorizer ? 2 : 0)];

    /// <summary>The program of an expression, or why there is none: it does not compile, or does not give one of the types.</summary>
    public static (CelProgram? Program, string Error) Compile(CelEnvironment environment, string expression, IReadOnlyList<CelType> results)
    {
        var compilation = environment.Compile(expression);
        if (compilation.Program is not { } program)
        {
            return (null, "compilation failed: " + compilation.Errors);
        }

        var type = program.ResultType;
        return results.Any(type.Equals) ? (program, "")
            : (null, results.Count == 1 ? $"must evaluate to {results[0]} but got {type}" : $"must evaluate to one of [{string.Join(' ', results)}] but got {type}");
    }

    internal static bool IsIdentifier(string name) => CelEnvironment.IsIdentifier(name);

    internal static void Validate(CelEnvironment environment, string expression, IReadOnlyList<CelType> results, FieldPath path, FieldErrors errors)
    {
        if (Compile(environment, expression, results) is { Program: null } failed)
        {
            errors.Invalid(path, expression, failed.Error);
        }
    }

    private static CelEnvironment Make(bool hasParams, bool hasAuthorizer)
    {
        var environment = hasParams ? Basic.WithVariable("params", Untyped) : Basic;
        return hasAuthorizer
            ? environment.WithVariable("authorizer", AuthorizerLibrary.Type).WithVariable("authorizer.requestResource", AuthorizerLibrary.RequestResourceType)
            : environment;
    }

    private static CelType ObjectOf(string name, params (string Name, CelType Type)[] fields)
    {
        var types = fields.ToDictionary(static field => field.Name, static field => field.Type, StringComparer.Ordinal);
        return CelType.Object(name, types.GetValueOrDefault);
    }
}
