using Petrel.Api.Authentication;

namespace Petrel.Api.Resources;

/// <summary>A kind that notes who created the object, whatever its creator wrote there.</summary>
public interface IRecordsRequester
{
    ApiObject WithRequester(UserInfo user);
}
