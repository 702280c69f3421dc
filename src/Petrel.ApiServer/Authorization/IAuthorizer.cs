namespace Petrel.ApiServer.Authorization;

/// <summary>Decides whether a user may do something.</summary>
public interface IAuthorizer
{
    ValueTask<Decision> AuthorizeAsync(AuthorizationAttributes attributes);
}
