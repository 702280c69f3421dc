using Microsoft.AspNetCore.Http;
using Petrel.Api.Selectors;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Requests;

namespace Petrel.ApiServer.Authorization;

/// <summary>Turns a request into the question that the authorizers are asked about it.</summary>
internal static class RequestAttributes
{
    public static AuthorizationAttributes Of(UserInfo user, RequestInfo request, IQueryCollection query)
    {
        if (!request.IsResource)
        {
            return new AuthorizationAttributes(user, request.Verb) { Path = request.Path };
        }

        var attributes = new AuthorizationAttributes(user, request.Verb)
        {
            IsResource = true,
            Group = request.Group,
            Version = request.Version,
            Resource = request.Resource,
            Subresource = request.Subresource,
            Namespace = request.Namespace,
            Name = request.Name,
        };
        return request.Verb is "list" or "watch" or "deletecollection" ? WithSelector(attributes, query) : attributes;
    }

    /// <summary>May the user create the object that the request names?</summary>
    public static AuthorizationAttributes OfCreate(UserInfo user, RequestInfo request) => new(user, "create")
    {
        IsResource = true,
        Group = request.Group,
        Version = request.Version,
        Resource = request.Resource,
        Namespace = request.Namespace,
        Name = request.Name,
    };

    private static AuthorizationAttributes WithSelector(AuthorizationAttributes attributes, IQueryCollection query)
    {
        // A selector that cannot be parsed limits nothing here; the verb refuses it later.
        if (!FieldSelectorExpression.TryParse(QueryValues.Text(query, "fieldSelector"), out var fields, out _))
        {
            return attributes;
        }

        return attributes with
        {
            Name = attributes.Name.Length > 0 || attributes.Verb == "deletecollection" ? attributes.Name : NameIn(fields),
            FieldSelector = fields,
        };
    }

    // A list or watch of the one object with a name is as good as naming it, so a role for that name may allow it.
    private static string NameIn(FieldSelectorExpression fields) =>
        fields.RequiredValue("metadata.name") is { Length: > 0 } name && name is not ("." or "..") && !name.AsSpan().ContainsAny('/', '%') ? name : "";
}
