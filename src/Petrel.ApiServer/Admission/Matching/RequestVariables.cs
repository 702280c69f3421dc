using System.Diagnostics.CodeAnalysis;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Expressions;
using Petrel.Api.Json;
using Petrel.Api.Resources;
using Petrel.Cel;
using Petrel.Cel.Libraries;
using Petrel.Cel.Values;
using Petrel.ApiServer.Authorization;

namespace Petrel.ApiServer.Admission.Matching;

/// <summary>A request as the variables of expressions: object, oldObject, request, namespaceObject, authorizer. Made when asked for.</summary>
/// <param name="target">The kind as which the request matched, in whose version the objects are shown.</param>
/// <param name="namespaceObject">The namespace of the object; null for cluster-scoped ones.</param>
internal sealed class RequestVariables(AdmissionRequest request, ResourceType target, Namespace? namespaceObject, IAuthorizer authorizer) : ICelBindings
{
    private readonly Dictionary<string, CelValue> _made = new(StringComparer.Ordinal);

    public bool TryFind(string name, [MaybeNullWhen(false)] out CelValue value)
    {
        if (!_made.TryGetValue(name, out value))
        {
            value = Make(name);
            if (value is not null)
            {
                _made[name] = value;
            }
        }

        return value is not null;
    }

    /// <summary>An object as an expression sees it; null as null.</summary>
    public static CelValue ValueOf(ApiObject? value) => value is null ? CelNull.Instance : JsonValues.Of(JsonTree.Parse(JsonEncoding.Encode(value)));

    private CelValue? Make(string name) => name switch
    {
        "object" => ValueOf(InTargetVersion(request.Object)),
        "oldObject" => ValueOf(InTargetVersion(request.OldObject)),
        "namespaceObject" => ValueOf(namespaceObject),
        "request" => Request(),
        "authorizer" => AuthorizerLibrary.Authorizer(Ask),
        "authorizer.requestResource" => AuthorizerLibrary.RequestResource(Ask, new AuthorizationQuestion("", null)
        {
            Group = request.Type.Info.Group,
            Resource = request.Type.Info.Resource,
            Subresource = request.Subresource,
            Namespace = request.EffectiveNamespace,
            Name = request.EffectiveName,
        }),
        _ => null,
    };

    private ApiObject? InTargetVersion(ApiObject? value)
    {
        if (value is null || ReferenceEquals(target, request.Type) || value.GetType() != request.Type.ClrType)
        {
            return value;
        }

        var stored = request.Type.Storage?.ToStorage(value) ?? value;
        return target.Storage?.FromStorage(stored) ?? stored;
    }

    private CelDictionary Request()
    {
        var body = request.Subresource.Length > 0 ? (request.Object ?? request.OldObject)?.GroupVersionKind : null;
        List<(string Key, CelValue Value)> entries =
        [
            ("kind", Kind(body ?? target.Info.GroupVersionKind)),
            ("resource", Resource(target.Info)),
            ("requestKind", Kind(body ?? request.Type.Info.GroupVersionKind)),
            ("requestResource", Resource(request.Type.Info)),
            ("operation", CelValue.Of(RuleMatch.OperationName(request.Operation))),
            ("userInfo", User()),
            ("dryRun", CelValue.Of(request.DryRun)),
        ];
        AddUnlessEmpty(entries, "subResource", request.Subresource);
        AddUnlessEmpty(entries, "requestSubResource", request.Subresource);
        AddUnlessEmpty(entries, "name", request.EffectiveName);
        AddUnlessEmpty(entries, "namespace", request.EffectiveNamespace);
        return CelDictionary.Of([.. entries]);
    }

    private static CelDictionary Kind(GroupVersionKind kind) =>
        CelDictionary.Of(("group", CelValue.Of(kind.Group)), ("version", CelValue.Of(kind.Version)), ("kind", CelValue.Of(kind.Kind)));

    private static CelDictionary Resource(ResourceInfo info) =>
        CelDictionary.Of(("group", CelValue.Of(info.Group)), ("version", CelValue.Of(info.Version)), ("resource", CelValue.Of(info.Resource)));

    private CelDictionary User()
    {
        List<(string Key, CelValue Value)> entries = [];
        AddUnlessEmpty(entries, "username", request.User.Name);
        AddUnlessEmpty(entries, "uid", request.User.Uid);
        if (!request.User.Groups.IsEmpty)
        {
            entries.Add(("groups", Texts(request.User.Groups)));
        }

        if (!request.User.Extra.IsEmpty)
        {
            entries.Add(("extra", CelDictionary.Of([.. request.User.Extra.Select(static entry => (entry.Key, (CelValue)Texts(entry.Value)))])));
        }

        return CelDictionary.Of([.. entries]);
    }

    private static CelArray Texts(ApiList<string> list) => new([.. list.Select(CelValue.Of)]);

    private static void AddUnlessEmpty(List<(string Key, CelValue Value)> entries, string key, string value)
    {
        if (value.Length > 0)
        {
            entries.Add((key, CelValue.Of(value)));
        }
    }

    private AuthorizationAnswer Ask(AuthorizationQuestion question) => ExpressionAuthorizer.Ask(authorizer, request.User, question);
}
