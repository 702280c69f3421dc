using Petrel.ApiServer.Authentication;

namespace Petrel.ApiServer.Authorization;

/// <summary>Allows the members of system:masters everything, so that no role can lock the administrator out.</summary>
internal sealed class MastersAuthorizer : IAuthorizer
{
    public ValueTask<Decision> AuthorizeAsync(AuthorizationAttributes attributes) =>
        ValueTask.FromResult(attributes.User.IsIn(SystemIdentities.Masters) ? Decision.Allow() : Decision.NoOpinion());
}
