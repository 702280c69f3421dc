using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Validation;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Authorization;

/// <summary>The refusal of an unauthorized request, in upstream's words.</summary>
internal static class ForbiddenMessage
{
    /// <summary>The 403 for a question that was not answered with allow.</summary>
    public static Status Refuse(AuthorizationAttributes attributes, string reason)
    {
        var message = Escape(Describe(attributes));
        return Statuses.Forbidden(
            new GroupResource(attributes.Group, attributes.Resource),
            attributes.Name,
            reason.Length == 0 ? message : $"{message}: {reason}");
    }

    private static string Describe(AuthorizationAttributes attributes)
    {
        var user = FieldErrors.Quote(attributes.User.Name);
        if (!attributes.IsResource)
        {
            return $"User {user} cannot {attributes.Verb} path {FieldErrors.Quote(attributes.Path)}";
        }

        var scope = attributes.Namespace.Length == 0 ? "at the cluster scope" : $"in the namespace {FieldErrors.Quote(attributes.Namespace)}";
        return $"User {user} cannot {attributes.Verb} resource {FieldErrors.Quote(attributes.CombinedResource)} in API group {FieldErrors.Quote(attributes.Group)} {scope}";
    }

    // The text may end up in a browser, and most of it came from the client.
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
