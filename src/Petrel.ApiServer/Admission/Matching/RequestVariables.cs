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
internal sealed class RequestVariables : ICelBindings
{
    private readonly Dictionary<string, CelValue> _made = new(StringComparer.Ordinal);
    private readonly AdmissionRequest _request;
    private readonly ResourceType _target;
    private readonly Namespace? _namespaceObject;
    private readonly IAuthorizer _authorizer;
    private readonly (ApiObject? New, ApiObject? Old) _objects;

    private RequestVariables(AdmissionRequest request, ResourceType target, Namespace? namespaceObject, IAuthorizer authorizer, (ApiObject? New, ApiObject? Old) objects) =>
        (_request, _target, _namespaceObject, _authorizer, _objects) = (request, target, namespaceObject, authorizer, objects);

    /// <param name="target">The kind as which the request matched, in whose version the objects are shown.</param>
    /// <param name="namespaceObject">The namespace of the object; null for cluster-scoped ones.</param>
    /// <exception cref="ConversionException">The objects cannot be had in that version.</exception>
    public static async ValueTask<RequestVariables> OfAsync(
        AdmissionRequest request, ResourceType target, Namespace? namespaceObject, IAuthorizer authorizer, CancellationToken cancellationToken)
    {
        var old = await ObjectVersions.ConvertAsync(request.OldObject, request.Type, target, cancellationToken);
        return new RequestVariables(request, target, namespaceObject, authorizer, (await ObjectVersions.ConvertAsync(request.Object, request.Type, target, cancellationToken), old));
    }

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
        "object" => ValueOf(_objects.New),
        "oldObject" => ValueOf(_objects.Old),
        "namespaceObject" => ValueOf(_namespaceObject),
        "request" => Request(),
        "authorizer" => AuthorizerLibrary.Authorizer(Ask),
        "authorizer.requestResource" => AuthorizerLibrary.RequestResource(Ask, new AuthorizationQuestion("", null)
        {
            Group = _request.Type.Info.Group,
            Resource = _request.Type.Info.Resource,
            Subresource = _request.Subresource,
            Namespace = _request.EffectiveNamespace,
            Name = _request.EffectiveName,
        }),
        _ => null,
    };

    private CelDictionary Request()
    {
        var body = _request.Subresource.Length > 0 ? (_request.Object ?? _request.OldObject)?.ShownKind : null;
        List<(string Key, CelValue Value)> entries =
        [
            ("kind", Kind(body ?? _target.Info.GroupVersionKind)),
            ("resource", Resource(_target.Info)),
            ("requestKind", Kind(body ?? _request.Type.Info.GroupVersionKind)),
            ("requestResource", Resource(_request.Type.Info)),
            ("operation", CelValue.Of(RuleMatch.OperationName(_request.Operation))),
            ("userInfo", User()),
            ("dryRun", CelValue.Of(_request.DryRun)),
        ];
        if (!_request.Options.IsNull)
        {
            entries.Add(("options", JsonValues.Of(JsonTree.Parse(_request.Options.Utf8))));
        }

        AddUnlessEmpty(entries, "subResource", _request.Subresource);
        AddUnlessEmpty(entries, "requestSubResource", _request.Subresource);
        AddUnlessEmpty(entries, "name", _request.EffectiveName);
        AddUnlessEmpty(entries, "namespace", _request.EffectiveNamespace);
        return CelDictionary.Of([.. entries]);
    }

    private static CelDictionary Kind(GroupVersionKind kind) =>
        CelDictionary.Of(("group", CelValue.Of(kind.Group)), ("version", CelValue.Of(kind.Version)), ("kind", CelValue.Of(kind.Kind)));

    private static CelDictionary Resource(ResourceInfo info) =>
        CelDictionary.Of(("group", CelValue.Of(info.Group)), ("version", CelValue.Of(info.Version)), ("resource", CelValue.Of(info.Resource)));

    private CelDictionary User()
    {
        List<(string Key, CelValue Value)> entries = [];
        AddUnlessEmpty(entries, "username", _request.User.Name);
        AddUnlessEmpty(entries, "uid", _request.User.Uid);
        if (!_request.User.Groups.IsEmpty)
        {
            entries.Add(("groups", Texts(_request.User.Groups)));
        }

        if (!_request.User.Extra.IsEmpty)
        {
            entries.Add(("extra", CelDictionary.Of([.. _request.User.Extra.Select(static entry => (entry.Key, (CelValue)Texts(entry.Value)))])));
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

    private AuthorizationAnswer Ask(AuthorizationQuestion question) => ExpressionAuthorizer.Ask(_authorizer, _request.User, question);
}
