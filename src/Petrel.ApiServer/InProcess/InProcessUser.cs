using Petrel.ApiServer.Authentication;

namespace Petrel.ApiServer.InProcess;

/// <summary>Marks a request as made inside the process by a component whose identity needs no proof. No wire can set it.</summary>
internal sealed record InProcessUser(UserInfo User);
