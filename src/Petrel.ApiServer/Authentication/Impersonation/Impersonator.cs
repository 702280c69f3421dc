using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Authorization;

namespace Petrel.ApiServer.Authentication.Impersonation;

/// <summary>Lets those who may do so act as another user, by the request headers Impersonate-*.</summary>
internal sealed class Impersonator(IAuthorizer authorizer)
{
    public async ValueTask<ImpersonationResult> ApplyAsync(IHeaderDictionary headers, UserInfo requestor)
    {
        var wanted = ImpersonationHeaders.Read(headers);
        if (wanted.IsEmpty)
        {
            return new ImpersonationResult { User = requestor };
        }

        var targets = ImpersonationTarget.Of(wanted);
        if (wanted.User.Length == 0)
        {
            return new ImpersonationResult { Fault = $"requested [{string.Join(' ', targets)}] without impersonating a user" };
        }

        foreach (var target in targets)
        {
            var attributes = PermissionFor(target, requestor);
            var decision = await authorizer.AuthorizeAsync(attributes);
            if (!decision.IsAllowed)
            {
                return new ImpersonationResult { Refusal = ForbiddenMessage.Refuse(attributes, decision.Reason) };
            }
        }

        ImpersonationHeaders.Remove(headers);
        return new ImpersonationResult { User = UserOf(wanted) };
    }

    private static AuthorizationAttributes PermissionFor(ImpersonationTarget target, UserInfo requestor) => new(requestor, "impersonate")
    {
        IsResource = true,
        Group = target.Group,
        Version = target.Version,
        Resource = target.Resource,
        Subresource = target.Subresource,
        Namespace = target.Namespace,
        Name = target.Name,
    };

    private static UserInfo UserOf(ImpersonationHeaders wanted)
    {
        var groups = wanted.Groups;
        if (groups.IsEmpty && SystemIdentities.TryParseServiceAccount(wanted.User, out var @namespace, out _))
        {
            groups = SystemIdentities.ServiceAccountGroups(@namespace);
        }

        var user = new UserInfo(wanted.User) { Uid = wanted.Uid, Groups = groups, Extra = wanted.Extra };
        return user.Name == SystemIdentities.AnonymousUser ? user.WithGroup(SystemIdentities.UnauthenticatedGroup)
            : user.IsIn(SystemIdentities.UnauthenticatedGroup) ? user
            : user.WithGroup(SystemIdentities.AuthenticatedGroup);
    }
}
