using Petrel.Api;
using Petrel.Api.Resources;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Requests;

/// <summary>Holds the object of a body to the namespace and the name that the URL gives it.</summary>
internal static class UrlIdentity
{
    /// <summary>The object with the namespace of the request.</summary>
    /// <exception cref="StatusException">400 when the body names another one.</exception>
    public static T WithNamespace<T>(T value, RequestInfo info, ResourceInfo resource) where T : ApiObject
    {
        var given = value.Metadata.Namespace;
        if (resource.Namespaced && given.Length > 0 && given != info.Namespace)
        {
            throw new StatusException(Statuses.BadRequest("the namespace of the provided object does not match the namespace sent on the request"));
        }

        // What has no namespace loses the one it was sent with.
        return value with { Metadata = value.Metadata with { Namespace = resource.Namespaced ? info.Namespace : "" } };
    }

    /// <exception cref="StatusException">400 when the body has no name or another one.</exception>
    public static void CheckName(ApiObject value, RequestInfo info)
    {
        var given = value.Metadata.Name;
        if (given.Length == 0)
        {
            throw new StatusException(Statuses.BadRequest($"the name of the object ({info.Name} based on URL) was undeterminable: name must be provided"));
        }

        if (given != info.Name)
        {
            throw new StatusException(Statuses.BadRequest($"the name of the object ({given}) does not match the name on the URL ({info.Name})"));
        }
    }
}
